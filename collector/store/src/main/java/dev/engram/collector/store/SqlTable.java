package dev.engram.collector.store;

import java.util.List;

/**
 * The answer to a {@link SqlQuestion}.
 *
 * @param columns their names, each once
 * @param rows of as many values as there are columns: null, Long, Double, String, or byte[]
 * @param more whether there are further rows, which were not asked for
 */
public record SqlTable(List<String> columns, List<List<Object>> rows, boolean more) {}
