package dev.engram.collector.store;

import static java.util.Comparator.comparingLong;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * What transactions of one trace waited for. Spans do not say on which thread they were, so a call
 * counts for a transaction when all of this holds: both are of one instance; the call is below the
 * span that the transaction ended in, with nothing but INTERNAL spans between; it began after the
 * transaction's first statement and was over before its end; and no statement began beside it
 * meanwhile, which would show that nobody waited. Not thread-safe.
 *
 * <p>A trace may be large, so what lies below a span is gathered once for all transactions that
 * ended in it.
 */
final class TransactionsOfTrace {
  private static final String TEXT = "db.query.text";
  private static final String SQL = "sql";
  private static final BinaryOperator<StoredSpan> LATEST =
      BinaryOperator.maxBy(comparingLong(StoredSpan::arrival));

  private record Id(InstanceId instance, long spanId) {}

  /** Below one span, with nothing but INTERNAL spans between. */
  private record Below(SpansByStart calls, SpansByStart statements) {}

  private final Map<Id, StoredSpan> byId = new HashMap<>();
  private final Map<Long, String> answers = new HashMap<>();

  /** Calls, statements and INTERNAL spans directly below. */
  private final Map<Id, List<StoredSpan>> children = new HashMap<>();

  private final Map<Id, SpansByStart> statementsBeside = new HashMap<>();
  private final Map<Id, Below> below = new HashMap<>();
  private final Map<Id, String> requests = new HashMap<>();

  TransactionsOfTrace(List<StoredSpan> spans) {
    spans.forEach(this::add);
  }

  private void add(StoredSpan span) {
    SpanRow row = span.row();
    byId.merge(id(row), span, LATEST);
    if (isServed(row)) {
      answers.putIfAbsent(row.parentSpanId(), row.name());
    } else if (isCall(row) || isStatement(row) || isInternal(row)) {
      children.computeIfAbsent(parent(row), absent -> new ArrayList<>()).add(span);
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

  static long openNanos(SpanRow end) {
    return end.attributes().get(CallsInTransactions.OPEN) instanceof Long open ? open : 0;
  }

  /** In the order of their starts. */
  List<SpanRow> callsIn(SpanRow end) {
    return belowParentOf(end).calls.from(opened(end), end.startEpochNanos()).stream()
        .filter(call -> call.durationNanos() <= end.startEpochNanos() - call.startEpochNanos())
        .toList();
  }

  /** Empty when it is of no request. */
  String request(SpanRow end) {
    Set<Id> passed = new HashSet<>();
    Id id = parent(end);
    while (!requests.containsKey(id) && passed.add(id)) {
      StoredSpan span = id.spanId == 0 ? null : byId.get(id);
      if (span == null || isServed(span.row())) {
        requests.put(id, span == null ? "" : span.row().name());
      } else {
        id = parent(span.row());
      }
    }
    // Parents may go round in a circle.
    String request = requests.getOrDefault(id, "");
    passed.forEach(each -> requests.put(each, request));
    return request;
  }

  /** The text of the statement that opened a transaction; empty when that is not remembered. */
  String firstStatement(SpanRow end) {
    // The duration was taken at some time while the transaction ended.
    long earliest = end.startEpochNanos() - openNanos(end);
    SpanRow statement = belowParentOf(end).statements.lastAt(opened(end), earliest);
    return statement != null && statement.attributes().get(TEXT) instanceof String text ? text : "";
  }

  /** What answered a call, by its name, where that is remembered. */
  String answered(SpanRow call) {
    return answers.getOrDefault(call.spanId(), call.name());
  }

  private Below belowParentOf(SpanRow end) {
    return below.computeIfAbsent(parent(end), parent -> sorted(gather(parent)));
  }

  private Below sorted(List<StoredSpan> spans) {
    return new Below(
        new SpansByStart(
            spans.stream()
                .filter(span -> isCall(span.row()))
                .filter(call -> !isBesideOthers(call.row()))),
        new SpansByStart(spans.stream().filter(span -> isStatement(span.row()))));
  }

  private List<StoredSpan> gather(Id top) {
    List<StoredSpan> found = new ArrayList<>();
    Set<Id> seen = new HashSet<>();
    Deque<Id> ahead = new ArrayDeque<>(List.of(top));
    while (!ahead.isEmpty()) {
      Id id = ahead.pop();
      if (id.spanId != 0 && seen.add(id)) {
        children.getOrDefault(id, List.of()).forEach(child -> gather(child, found, ahead));
      }
    }
    return found;
  }

  private void gather(StoredSpan child, List<StoredSpan> found, Deque<Id> ahead) {
    if (!isInternal(child.row())) {
      found.add(child);
      return;
    }
    Id id = id(child.row());
    StoredSpan latest = byId.get(id);
    if (latest != null && latest.arrival() == child.arrival()) {
      ahead.push(id);
    }
  }

  private boolean isBesideOthers(SpanRow call) {
    SpanRow next =
        statementsBeside
            .computeIfAbsent(parent(call), this::statementsDirectlyBelow)
            .firstAfter(call.startEpochNanos());
    return next != null && next.startEpochNanos() - call.startEpochNanos() < call.durationNanos();
  }

  private SpansByStart statementsDirectlyBelow(Id parent) {
    return new SpansByStart(
        children.getOrDefault(parent, List.of()).stream().filter(span -> isStatement(span.row())));
  }

  private static Id id(SpanRow row) {
    return new Id(row.instance(), row.spanId());
  }

  private static Id parent(SpanRow row) {
    return new Id(row.instance(), row.parentSpanId());
  }

  private static long opened(SpanRow end) {
    return CallsInTransactions.opened(end.startEpochNanos(), end.durationNanos(), openNanos(end));
  }

  private static boolean isServed(SpanRow row) {
    return row.kind().equals("SERVER") || row.kind().equals("CONSUMER");
  }

  private static boolean isInternal(SpanRow row) {
    return row.kind().equals("INTERNAL");
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
