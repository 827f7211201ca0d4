package dev.engram.benchmarks.measure;

import java.util.List;

/**
 * A picture of a table: one panel of bars, an arm each group.
 *
 * @param file name without folder and ending, unique within the report
 * @param title above it
 * @param table whose medians are drawn
 * @param quantities a bar in every group for each; all of one unit
 * @param logarithmic whether the axis is
 */
public record Plot(
    String file, String title, Table table, List<Quantity> quantities, boolean logarithmic) {}
