/**
 * Jobs of Spring Batch as runs, their steps as nodes. Its classes have other packages in 5 and 6,
 * so they are told by name, and asked by the names of their getters. The advice runs on the threads
 * that run jobs; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.springbatch;

import org.jspecify.annotations.NullMarked;
