/**
 * The store for many hosts: one PostgreSQL database that their collectors write to. Found by wiring
 * as {@link dev.engram.collector.store.postgresql.PostgresStore}; everything else is its own
 * affair.
 *
 * <p>One connection writes, confined to the intake thread; another takes out what is old, on any
 * thread; a small pool of read-only ones answers questions, each for one caller at a time. What
 * becomes of a batch is worked out before the transaction takes the lock that puts the batches of
 * all collectors into one order. The tables are described in the numbered files of {@code schema/}.
 */
@NullMarked
package dev.engram.collector.store.postgresql;

import org.jspecify.annotations.NullMarked;
