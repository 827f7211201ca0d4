/**
 * What the agent costs, measured: the main program and the groups of measurements it runs. Called
 * from the command line; one thread, which starts one measurement at a time.
 */
@NullMarked
package dev.engram.benchmarks;

import org.jspecify.annotations.NullMarked;
