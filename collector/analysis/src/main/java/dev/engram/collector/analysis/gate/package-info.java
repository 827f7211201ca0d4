/**
 * Judges one run of a program by another: what failed, was swallowed, got slower, was asked for
 * again and again, or lay in clear where it did not before. Called by {@code collector/query} and
 * the command line. Pure; safe from any thread.
 */
@NullMarked
package dev.engram.collector.analysis.gate;

import org.jspecify.annotations.NullMarked;
