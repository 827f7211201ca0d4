/**
 * The machine of a run: what it is, its JDKs, and JVMs started on them. Called by the groups and
 * the report; confined to the main thread.
 */
@NullMarked
package dev.engram.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
