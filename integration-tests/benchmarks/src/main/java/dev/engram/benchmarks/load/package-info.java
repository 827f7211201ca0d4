/**
 * What an application thread pays under paced load, and what the queue's blocks take in memory.
 * {@link dev.engram.benchmarks.load.LoadGroup} runs on the main thread; the programs it starts run
 * in JVMs of their own, whose threads share nothing but the target of the arm.
 */
@NullMarked
package dev.engram.benchmarks.load;

import org.jspecify.annotations.NullMarked;
