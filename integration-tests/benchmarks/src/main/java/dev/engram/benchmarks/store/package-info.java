/**
 * Questions to a large store: its rows, its writing, what is asked and how long that takes. Called
 * by the benchmarks on their thread; rows are made by others.
 */
@NullMarked
package dev.engram.benchmarks.store;

import org.jspecify.annotations.NullMarked;
