/**
 * What instrumentations of databases have in common although frameworks of several class loaders
 * take part: the pools that are read, and the wait for a connection. Called by instrumentations on
 * application threads, and by the readings on the writer thread; never blocks, never throws.
 */
@NullMarked
package dev.engram.agent.core.sql;

import org.jspecify.annotations.NullMarked;
