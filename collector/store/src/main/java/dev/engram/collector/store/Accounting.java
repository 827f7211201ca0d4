package dev.engram.collector.store;

import java.util.Map;

/**
 * Every term of the promise to lose nothing silently, for one instance or all.
 *
 * <pre>
 * offered = written + shed + abandoned      written = queued + in_ring      queued = read + in_queue + dropped
 * read = decoded + malformed                decoded = stored + joined + duplicate + rejected + pending
 * </pre>
 */
public record Accounting(
    ProducerCounts producer,
    long read,
    Map<String, Long> dropped,
    long decoded,
    long malformed,
    long stored,
    long joined,
    long duplicate,
    long rejected,
    long pending) {}
