package dev.engram.collector.analysis;

import static java.util.Comparator.comparing;

import dev.engram.collector.analysis.Finding.Kind;
import dev.engram.collector.store.CallInTransaction;
import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.StoreReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds what statements and the ends of transactions give away. Pure. */
public final class StatementFindings {
  /** Executions of one statement below one span that are no accident any more. */
  public static final int REPEATED = 5;

  /** The 95th percentile from which a statement counts as slow. */
  static final long SLOW_NANOS = 100_000_000;

  /** Executions without a row from which a query counts as always empty. */
  static final int EMPTY = 20;

  private StatementFindings() {}

  /** Those with the most total time first, then by kind, service and statement. */
  public static List<Finding> find(StoreReader reader, StatementFilter filter) {
    StatementFilter all = filter.limit(0);
    List<StatementSummary> statements = reader.statements(all);
    return Stream.of(
            reader.repeatedStatements(all, REPEATED).stream().map(StatementFindings::repeated),
            statements.stream().filter(StatementFindings::isSlow).map(StatementFindings::slow),
            statements.stream().filter(StatementFindings::isEmpty).map(StatementFindings::empty),
            reader.callsInTransactions(all).stream().map(StatementFindings::inTransaction))
        .flatMap(findings -> findings)
        .sorted(
            comparing(Finding::totalNanos)
                .reversed()
                .thenComparing(Finding::kind)
                .thenComparing(Finding::service)
                .thenComparing(Finding::statement))
        .limit(filter.limit() == 0 ? Long.MAX_VALUE : filter.limit())
        .toList();
  }

  private static boolean isSlow(StatementSummary statement) {
    return statement.p95Nanos() >= SLOW_NANOS;
  }

  /** Nothing is said of executions that do not tell how many rows they returned. */
  private static boolean isEmpty(StatementSummary statement) {
    return statement.counted() >= EMPTY && statement.empty() == statement.counted();
  }

  private static Finding repeated(RepeatedStatement statement) {
    Map<String, Long> evidence = new TreeMap<>();
    evidence.put("parents", statement.parents());
    evidence.put("most_below_one", statement.most());
    return new Finding(
        Kind.N_PLUS_ONE,
        statement.service(),
        statement.system(),
        statement.text(),
        null,
        statement.executions(),
        statement.totalNanos(),
        evidence,
        statement.traceId(),
        statement.parentSpanId());
  }

  private static Finding slow(StatementSummary statement) {
    Map<String, Long> evidence = new TreeMap<>();
    evidence.put("p50_ns", statement.p50Nanos());
    evidence.put("p95_ns", statement.p95Nanos());
    evidence.put("max_ns", statement.maxNanos());
    return summed(Kind.SLOW_STATEMENT, statement, evidence);
  }

  private static Finding empty(StatementSummary statement) {
    return summed(Kind.EMPTY_STATEMENT, statement, Map.of("empty", statement.empty()));
  }

  /** However short the call was: when the other system hangs, so do the transaction's locks. */
  private static Finding inTransaction(CallInTransaction call) {
    Map<String, Long> evidence = new TreeMap<>();
    evidence.put("transactions", call.transactions());
    evidence.put("open_ns", call.openNanos());
    evidence.put("longest_open_ns", call.longestNanos());
    return new Finding(
        Kind.CALL_IN_TRANSACTION,
        call.service(),
        call.system(),
        call.statement(),
        new Finding.Call(call.request(), call.call(), call.address(), call.port()),
        call.calls(),
        call.callNanos(),
        evidence,
        call.traceId(),
        call.spanId());
  }

  private static Finding summed(Kind kind, StatementSummary statement, Map<String, Long> evidence) {
    return new Finding(
        kind,
        statement.service(),
        statement.system(),
        statement.text(),
        null,
        statement.count(),
        statement.totalNanos(),
        evidence,
        statement.maxTraceId(),
        statement.maxSpanId());
  }
}
