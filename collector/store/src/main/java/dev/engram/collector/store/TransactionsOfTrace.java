package dev.engram.collector.store;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What transactions of one trace waited for. Spans do not say on which thread they were, so a call
 * counts for a transaction when all of this holds: both are of one instance; the call is below the
 * span that the transaction ended in, with nothing but INTERNAL spans between; it began after the
 * transaction's first statement and was over before its end; and no statement began beside it
 * meanwhile, which would show that nobody waited. Pure.
 */
final class TransactionsOfTrace {
  private static final String TEXT = "db.query.text";
  private static final String SQL = "sql";
  private static final BinaryOperator<StoredSpan> LATEST =
      BinaryOperator.maxBy(comparingLong(StoredSpan::arrival));

  private record Id(InstanceId instance, long spanId) {}

  private final Map<Id, StoredSpan> byId = new HashMap<>();
  private final Map<Long, String> answers = new HashMap<>();
  private final Map<Id, List<StoredSpan>> statementsBelow = new HashMap<>();
  private final List<StoredSpan> calls = new ArrayList<>();
  private final List<StoredSpan> statements = new ArrayList<>();

  TransactionsOfTrace(List<StoredSpan> spans) {
    spans.forEach(this::add);
  }

  private void add(StoredSpan span) {
    SpanRow row = span.row();
    byId.merge(new Id(row.instance(), row.spanId()), span, LATEST);
    if (isServed(row)) {
      answers.putIfAbsent(row.parentSpanId(), row.name());
    } else if (isCall(row)) {
      calls.add(span);
    } else if (isStatement(row)) {
      statements.add(span);
      statementsBelow.computeIfAbsent(parent(row), absent -> new ArrayList<>()).add(span);
    }
  }

  /** Whether a transaction ended here, and it is known how long it was open. */
  static boolean isEnd(StoredSpan span) {
    SpanRow row = span.row();
    return row.kind().equals("CLIENT")
        && row.category().equals(SQL)
        && !(row.attributes().get(TEXT) instanceof String)
        && row.attributes().get(CallsInTransactions.OPEN) instanceof Long open
        && open >= 0
        && row.durationNanos() >= 0;
  }

  static long openNanos(StoredSpan end) {
    return openNanos(end.row());
  }

  List<StoredSpan> callsIn(StoredSpan end) {
    return calls.stream()
        .filter(call -> isDuring(call.row(), end.row()))
        .filter(call -> isBelow(call.row(), end.row()))
        .filter(call -> !isBesideOthers(call.row()))
        .toList();
  }

  /** Empty when it is of no request. */
  String request(StoredSpan end) {
    SpanRow row = end.row();
    for (int steps = 0; steps <= byId.size(); steps++) {
      SpanRow above = above(row);
      if (above == null || isServed(above)) {
        return above == null ? "" : above.name();
      }
      row = above;
    }
    return "";
  }

  /** The text of the statement that opened a transaction; empty when that is not remembered. */
  String firstStatement(StoredSpan end) {
    // The duration was taken at some time while the transaction ended.
    long earliest = end.row().startEpochNanos() - openNanos(end.row());
    return statements.stream()
        .map(StoredSpan::row)
        .filter(row -> row.startEpochNanos() <= opened(end.row()))
        .filter(row -> row.startEpochNanos() + row.durationNanos() >= earliest)
        .filter(row -> isBelow(row, end.row()))
        .reduce((earlier, later) -> later)
        .map(row -> (String) row.attributes().get(TEXT))
        .orElse("");
  }

  /** What answered a call, by its name, where that is remembered. */
  String answered(StoredSpan call) {
    return answers.getOrDefault(call.row().spanId(), call.row().name());
  }

  private static boolean isDuring(SpanRow call, SpanRow end) {
    return CallsInTransactions.isDuring(
        call.startEpochNanos(),
        call.durationNanos(),
        end.startEpochNanos(),
        end.durationNanos(),
        openNanos(end));
  }

  private boolean isBelow(SpanRow span, SpanRow end) {
    if (!span.instance().equals(end.instance()) || end.parentSpanId() == 0) {
      return false;
    }
    SpanRow row = span;
    for (int steps = 0; row != null && steps <= byId.size(); steps++) {
      if (row.parentSpanId() == end.parentSpanId()) {
        return true;
      }
      row = above(row);
      if (row == null || !row.kind().equals("INTERNAL")) {
        return false;
      }
    }
    return false;
  }

  private boolean isBesideOthers(SpanRow call) {
    return statementsBelow.getOrDefault(parent(call), List.of()).stream()
        .map(statement -> statement.row().startEpochNanos())
        .anyMatch(
            start ->
                start > call.startEpochNanos()
                    && start - call.startEpochNanos() < call.durationNanos());
  }

  private @Nullable SpanRow above(SpanRow row) {
    StoredSpan above = byId.get(parent(row));
    return above == null || row.parentSpanId() == 0 ? null : above.row();
  }

  private static Id parent(SpanRow row) {
    return new Id(row.instance(), row.parentSpanId());
  }

  private static long opened(SpanRow end) {
    return CallsInTransactions.opened(end.startEpochNanos(), end.durationNanos(), openNanos(end));
  }

  private static long openNanos(SpanRow end) {
    return end.attributes().get(CallsInTransactions.OPEN) instanceof Long open ? open : 0;
  }

  private static boolean isServed(SpanRow row) {
    return row.kind().equals("SERVER") || row.kind().equals("CONSUMER");
  }

  private static boolean isCall(SpanRow row) {
    return row.kind().equals("CLIENT") && !row.category().equals(SQL) && row.durationNanos() >= 0;
  }

  private static boolean isStatement(SpanRow row) {
    return row.kind().equals("CLIENT")
        && row.category().equals(SQL)
        && row.durationNanos() >= 0
        && row.attributes().get(TEXT) instanceof String;
  }
}
