package dev.engram.collector.store;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sums up the calls that transactions were kept open across, trace by trace. For stores, so that
 * all mean the same by it; {@link TransactionsOfTrace} has the rule. Not thread-safe.
 */
public final class CallsInTransactions {
  /** The attribute of a transaction's end that says for how many nanoseconds it was open. */
  public static final String OPEN = "engram.db.transaction.duration";

  /** So many spans of a trace are looked at, the first by start, then by arrival. */
  public static final int SPANS_OF_TRACE = 100_000;

  private static final Comparator<CallInTransaction> MOST_TIME_FIRST =
      comparingLong(CallInTransaction::callNanos)
          .reversed()
          .thenComparing(CallInTransaction::service)
          .thenComparing(CallInTransaction::request)
          .thenComparing(CallInTransaction::system)
          .thenComparing(CallInTransaction::statement)
          .thenComparing(CallInTransaction::call)
          .thenComparing(CallInTransaction::address)
          .thenComparingLong(CallInTransaction::port);

  private final StatementFilter filter;
  private final Function<InstanceId, String> versions;
  private final Map<Which, Sum> sums = new HashMap<>();

  /**
   * @param filter times are those of a transaction's end, as what else must be met; the duration is
   *     that of a call
   * @param versions of the services that the instances are of
   */
  public CallsInTransactions(StatementFilter filter, Function<InstanceId, String> versions) {
    this.filter = filter;
    this.versions = versions;
  }

  /**
   * The spans of one trace, by start, then by arrival, in-progress ones included. Each trace once.
   *
   * @param spans all, or at least the first {@link #SPANS_OF_TRACE}; their payloads and numbers of
   *     exceptions are not used
   */
  public void add(List<StoredSpan> spans) {
    List<StoredSpan> first = spans.subList(0, Math.min(spans.size(), SPANS_OF_TRACE));
    TransactionsOfTrace trace = new TransactionsOfTrace(first);
    first.stream()
        .filter(TransactionsOfTrace::isEnd)
        .filter(this::takes)
        .filter(end -> meets(end, first))
        .forEach(end -> add(end, trace));
  }

  /** Most time of calls first, up to the filter's limit. */
  public List<CallInTransaction> summedUp() {
    Stream<CallInTransaction> all =
        sums.entrySet().stream()
            .map(entry -> entry.getValue().of(entry.getKey()))
            .sorted(MOST_TIME_FIRST);
    return (filter.limit() == 0 ? all : all.limit(filter.limit())).toList();
  }

  /**
   * When a transaction was opened, at the latest: its duration was taken while it ended. A call
   * that it waited for began no earlier, and no later than the end did: what a store can look for
   * before it reads a trace.
   *
   * @param openNanos how long it was open
   */
  public static long opened(long endStart, long endNanos, long openNanos) {
    return endStart + endNanos - openNanos;
  }

  private boolean takes(StoredSpan end) {
    long time = end.row().startEpochNanos();
    return (filter.sinceEpochNanos() == 0 || time >= filter.sinceEpochNanos())
        && (filter.untilEpochNanos() == 0 || time < filter.untilEpochNanos())
        && (filter.service() == null || filter.service().equals(end.service()));
  }

  private boolean meets(StoredSpan end, List<StoredSpan> trace) {
    return filter.where().isAny()
        || filter.where().test(fields(end, () -> requests(end.row().traceId(), trace)));
  }

  private Stream<Fields> requests(TraceId traceId, List<StoredSpan> trace) {
    return trace.stream()
        .filter(span -> !span.row().status().equals("in_progress"))
        .filter(span -> RowFields.isRequestOf(traceId, span.row()))
        .map(span -> fields(span, Stream::empty));
  }

  private Fields fields(StoredSpan span, Supplier<Stream<Fields>> requests) {
    return RowFields.of(span, versions.apply(span.row().instance()), requests);
  }

  private void add(StoredSpan end, TransactionsOfTrace trace) {
    List<SpanRow> calls =
        trace.callsIn(end.row()).stream()
            .filter(call -> call.durationNanos() >= filter.minDurationNanos())
            .toList();
    if (calls.isEmpty()) {
      return;
    }
    String request = trace.request(end.row());
    String statement = trace.firstStatement(end.row());
    calls.stream()
        .collect(groupingBy(call -> which(end, request, statement, call, trace.answered(call))))
        .forEach((which, alike) -> sums.computeIfAbsent(which, key -> new Sum()).add(end, alike));
  }

  private static Which which(
      StoredSpan end, String request, String statement, SpanRow call, String answered) {
    Map<String, Object> peer = call.attributes();
    return new Which(
        end.service(),
        request,
        text(end.row().attributes(), "db.system.name"),
        statement,
        answered,
        text(peer, "server.address"),
        peer.get("server.port") instanceof Long port ? port : 0);
  }

  private static String text(Map<String, Object> attributes, String key) {
    return attributes.get(key) instanceof String text ? text : "";
  }

  /** What is counted as the same. */
  private record Which(
      String service,
      String request,
      String system,
      String statement,
      String call,
      String address,
      long port) {}

  private static final class Sum {
    private long calls;
    private long transactions;
    private long callNanos;
    private long openNanos;
    private long longestNanos = -1;
    private long longestArrival;
    private TraceId traceId = TraceId.NONE;
    private long spanId;

    void add(StoredSpan end, List<SpanRow> across) {
      calls += across.size();
      transactions++;
      across.forEach(call -> callNanos = saturated(callNanos, call.durationNanos()));
      long open = TransactionsOfTrace.openNanos(end.row());
      openNanos = saturated(openNanos, open);
      if (open > longestNanos || (open == longestNanos && end.arrival() > longestArrival)) {
        longestNanos = open;
        longestArrival = end.arrival();
        traceId = end.row().traceId();
        spanId = end.row().spanId();
      }
    }

    CallInTransaction of(Which which) {
      return new CallInTransaction(
          which.service,
          which.request,
          which.system,
          which.statement,
          which.call,
          which.address,
          which.port,
          calls,
          transactions,
          callNanos,
          openNanos,
          longestNanos,
          traceId,
          spanId);
    }

    private static long saturated(long sum, long more) {
      long total = sum + more;
      return total < 0 ? Long.MAX_VALUE : total;
    }
  }
}
