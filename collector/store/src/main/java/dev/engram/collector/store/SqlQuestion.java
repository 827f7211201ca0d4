package dev.engram.collector.store;

import java.time.Duration;

/**
 * A question in SQL.
 *
 * @param select one {@code SELECT}, or {@code WITH} and a {@code SELECT}
 * @param rows most rows to answer, from 1
 * @param time most time that the answer may take
 */
public record SqlQuestion(String select, int rows, Duration time) {}
