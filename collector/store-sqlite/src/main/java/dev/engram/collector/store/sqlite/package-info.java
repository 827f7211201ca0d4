/**
 * The default store: one SQLite file. Found by wiring as {@link
 * dev.engram.collector.store.sqlite.SqliteStore}; everything else is its own affair.
 *
 * <p>One connection writes, confined to the intake thread; a small pool of read-only ones answers
 * questions, each for one caller at a time. A query or statement is one class, named after what it
 * does. The tables are described in the numbered files of {@code schema/}; what people ask in SQL
 * are views over them, on a connection of its own.
 */
@NullMarked
package dev.engram.collector.store.sqlite;

import org.jspecify.annotations.NullMarked;
