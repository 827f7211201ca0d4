/**
 * What instrumentations of databases have in common although frameworks of several class loaders
 * take part: the pools that are read, the wait for a connection, and open transactions. Called by
 * instrumentations and by healing on application threads, and by the readings on the writer thread;
 * never blocks, never throws.
 */
@NullMarked
package dev.engram.agent.core.sql;

import org.jspecify.annotations.NullMarked;
