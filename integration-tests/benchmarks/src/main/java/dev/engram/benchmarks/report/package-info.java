/**
 * Writes what was measured: a Markdown page, its plots as SVG, and every single value as CSV.
 * Called by the main program when all groups are done; confined to the main thread.
 */
@NullMarked
package dev.engram.benchmarks.report;

import org.jspecify.annotations.NullMarked;
