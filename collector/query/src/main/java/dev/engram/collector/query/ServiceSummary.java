package dev.engram.collector.query;

import dev.engram.collector.analysis.RequestSummary;
import java.util.List;

/**
 * What is remembered of one service.
 *
 * @param running how many of its instances have not ended as far as is known
 * @param versions of its deploys, the one that started last first
 * @param firstSeenEpochNanos when its first instance started
 * @param lastSeenEpochNanos the last that is known of it: a start, an end, or a request
 * @param requests those that the question was about
 */
public record ServiceSummary(
    String service,
    int instances,
    int running,
    List<String> versions,
    long firstSeenEpochNanos,
    long lastSeenEpochNanos,
    RequestSummary requests) {}
