/**
 * Which errors look alike: stacks compared frame by frame, and families of fingerprints that do.
 * Called by {@code collector/query} and the command line. An index learns with every error that is
 * added and is confined to one thread; the same errors in the same order always give the same
 * answer.
 */
@NullMarked
package dev.engram.collector.analysis.similar;

import org.jspecify.annotations.NullMarked;
