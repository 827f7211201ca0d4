package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Fields;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.RowFields;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Narrows a question to the rows that meet a condition. They are looked at one by one here, so that
 * all stores compare alike, and the question is asked of those that remain. For one question.
 */
final class RowsThatMeet {
  private static final String REQUESTS =
      SpanColumns.ENDED_ALONE + " WHERE s.trace_high = ? AND s.trace_low = ? AND s.kind = 'SERVER'";

  /** Traces whose requests are remembered: rows of one trace mostly come together. */
  private static final int TRACES = 32;

  private final Connection connection;
  private final Map<InstanceId, String> versions = new HashMap<>();

  /** Those used last, that used least recently first. */
  private final Map<TraceId, List<Fields>> requests = new LinkedHashMap<>(TRACES, 0.75f, true);

  /** Tells what a condition may ask of a row. */
  interface FieldsOf<T> {
    Fields of(T row, RowsThatMeet known);
  }

  /** Tells the arrival of a row. */
  interface ArrivalOf<T> {
    long of(T row);
  }

  private RowsThatMeet(Connection connection) throws SQLException {
    this.connection = connection;
    for (Instance instance : SelectInstances.all(connection)) {
      versions.put(instance.id(), instance.version());
    }
  }

  /**
   * The conditions, and that a row is one of those that meet another one, unless all do.
   *
   * @param query what selects the rows, as far as {@code WHERE}
   * @param column of their arrivals
   */
  static <T> Conditions add(
      Conditions conditions,
      Condition where,
      String query,
      Statements.Mapping<T> mapping,
      FieldsOf<T> fields,
      ArrivalOf<T> arrival,
      String column,
      Connection connection)
      throws SQLException {
    if (where.isAny()) {
      return conditions;
    }
    RowsThatMeet known = new RowsThatMeet(connection);
    List<Long> arrivals = new ArrayList<>();
    Statements.visit(
        connection,
        query + conditions.where(),
        conditions.parameters(),
        mapping,
        row -> {
          if (where.test(fields.of(row, known))) {
            arrivals.add(arrival.of(row));
          }
        });
    return conditions.and(column + " = ANY (?)", (Object) arrivals.toArray(Long[]::new));
  }

  /** The same of spans. */
  static Conditions addOfSpans(
      Conditions conditions, Condition where, String query, Connection connection)
      throws SQLException {
    return add(
        conditions,
        where,
        query,
        SpanColumns::read,
        (span, known) -> known.fields(span),
        StoredSpan::arrival,
        "s.arrival",
        connection);
  }

  /** Empty for an instance that nobody knows. */
  String version(InstanceId instance) {
    return versions.getOrDefault(instance, "");
  }

  private Fields fields(StoredSpan span) {
    return RowFields.of(span, version(span.row().instance()), requests(span.row().traceId()));
  }

  /** Those of a trace that have ended, asked for when somebody wants to know. */
  Supplier<Stream<Fields>> requests(TraceId trace) {
    return () -> trace.equals(TraceId.NONE) ? Stream.empty() : requestsOf(trace);
  }

  private Stream<Fields> requestsOf(TraceId trace) {
    List<Fields> known = requests.get(trace);
    if (known == null) {
      known = selectRequestsOf(trace);
      requests.put(trace, known);
      if (requests.size() > TRACES) {
        requests.remove(requests.keySet().iterator().next());
      }
    }
    return known.stream();
  }

  private List<Fields> selectRequestsOf(TraceId trace) {
    try {
      return Statements.select(
              connection, REQUESTS, List.of(trace.high(), trace.low()), SpanColumns::read)
          .stream()
          .map(span -> RowFields.of(span, version(span.row().instance()), Stream::empty))
          .toList();
    } catch (SQLException failure) {
      throw new FailedMeanwhileException(failure);
    }
  }

  /** A question failed inside another one. */
  static final class FailedMeanwhileException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SQLException failure;

    FailedMeanwhileException(SQLException failure) {
      super(failure);
      this.failure = failure;
    }

    SQLException failure() {
      return failure;
    }
  }
}
