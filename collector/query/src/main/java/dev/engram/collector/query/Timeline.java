package dev.engram.collector.query;

import java.util.List;
import java.util.Set;

/**
 * What happened around something.
 *
 * @param about the id that was asked for, as an entry has it; of a trace that of its first span
 * @param services whose doings these are
 * @param sinceEpochNanos inclusive
 * @param untilEpochNanos inclusive
 * @param entries earliest first
 * @param complete whether that is all; otherwise it is what is nearest to what was asked for
 */
public record Timeline(
    String about,
    Set<String> services,
    long sinceEpochNanos,
    long untilEpochNanos,
    List<TimelineEntry> entries,
    boolean complete)
    implements Shown {}
