package dev.engram.collector.store;

/**
 * A call of another system that transactions were kept open across.
 *
 * @param request name of the SERVER or CONSUMER span above the transaction; empty when there is
 *     none
 * @param system {@code db.system.name} of the transaction; empty when unknown
 * @param statement {@code db.query.text} of its first statement; empty when that is not remembered
 * @param call name of the SERVER span that answered, where that is remembered, else of the CLIENT
 *     span
 * @param address {@code server.address}; empty when unknown
 * @param port {@code server.port}; 0 when unknown
 * @param calls how often
 * @param transactions that were open meanwhile
 * @param callNanos what the calls took together; at most {@link Long#MAX_VALUE}
 * @param openNanos how long those transactions were open together; likewise
 * @param longestNanos how long one of them was open, at most
 * @param traceId where that was; the latest to arrive where it was so in several
 * @param spanId the end of that transaction
 */
public record CallInTransaction(
    String service,
    String request,
    String system,
    String statement,
    String call,
    String address,
    long port,
    long calls,
    long transactions,
    long callNanos,
    long openNanos,
    long longestNanos,
    TraceId traceId,
    long spanId) {}
