/**
 * What whole processes cost and reach: start-up, idling, requests, the way into the store,
 * draining, asking. Run by {@code Benchmarks}, one group at a time; confined to the main thread,
 * child processes apart.
 */
@NullMarked
package dev.engram.benchmarks.process;

import org.jspecify.annotations.NullMarked;
