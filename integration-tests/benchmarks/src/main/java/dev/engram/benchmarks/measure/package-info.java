/**
 * What a measurement is: a group is given a plan and yields a section of tables, goals and plots.
 * Implemented by the groups, read by the report; confined to the main thread.
 */
@NullMarked
package dev.engram.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
