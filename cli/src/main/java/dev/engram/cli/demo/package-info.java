/**
 * {@code engram demo}: a real service from start to remembered requests. Called by the command
 * line; runs on the main thread, cleans up on the JVM's shutdown thread.
 */
@NullMarked
package dev.engram.cli.demo;

import org.jspecify.annotations.NullMarked;
