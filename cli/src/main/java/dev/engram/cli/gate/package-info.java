/**
 * {@code engram gate} and {@code engram baseline}: judge a run by another, for builds. Main thread.
 */
@NullMarked
package dev.engram.cli.gate;

import org.jspecify.annotations.NullMarked;
