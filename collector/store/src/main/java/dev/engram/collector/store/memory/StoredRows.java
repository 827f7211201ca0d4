package dev.engram.collector.store.memory;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Fields;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.RowFields;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of a {@link Memory} as they are read: with what others say of them. Under its lock. */
final class StoredRows {
  static final Comparator<StoredSpan> OLDEST_FIRST =
      comparingLong((StoredSpan span) -> span.row().startEpochNanos())
          .thenComparingLong(StoredSpan::arrival);

  private final Memory memory;

  StoredRows(Memory memory) {
    this.memory = memory;
  }

  /** Spans that have ended. */
  Stream<StoredSpan> ended() {
    return endedAlone().map(this::withExceptions);
  }

  /** Spans that have not. */
  Stream<StoredSpan> running() {
    return runningAlone().map(this::withExceptions);
  }

  Stream<StoredSpan> spans() {
    return spansAlone().map(this::withExceptions);
  }

  /** Spans without the number of their exceptions, for which all others are looked through. */
  Stream<StoredSpan> spansAlone() {
    return Stream.concat(endedAlone(), runningAlone());
  }

  /** Exceptions with the frames of their stacks. */
  Stream<StoredException> exceptions() {
    return of(ExceptionRow.class)
        .map(
            arrived ->
                new StoredException(
                    resolved(arrived.row()), service(arrived.instance()), arrived.arrival()));
  }

  Stream<StoredDecision> decisions() {
    return of(DecisionRow.class)
        .map(
            it ->
                new StoredDecision(it.instance(), it.row(), service(it.instance()), it.arrival()));
  }

  String service(InstanceId instance) {
    return memory.known(instance).description.service();
  }

  /** The version of the service that the instance was of. */
  String version(InstanceId instance) {
    return memory.known(instance).description.version();
  }

  boolean meets(Condition where, StoredSpan span) {
    SpanRow row = span.row();
    return where.test(RowFields.of(span, version(row.instance()), requests(row.traceId())));
  }

  boolean meets(Condition where, StoredException exception) {
    ExceptionRow row = exception.row();
    return where.test(RowFields.of(exception, version(row.instance()), requests(row.traceId())));
  }

  boolean meets(Condition where, StoredDecision decision) {
    String version = version(decision.instance());
    return where.test(RowFields.of(decision, version, requests(decision.row().traceId())));
  }

  boolean meets(Condition where, MetricSummary reading) {
    return where.test(RowFields.of(reading, version(reading.instance())));
  }

  private Supplier<Stream<Fields>> requests(TraceId trace) {
    return () ->
        endedAlone()
            .filter(span -> RowFields.isRequestOf(trace, span.row()))
            .map(span -> RowFields.of(span, version(span.row().instance()), Stream::empty));
  }

  /** Rows of one kind, in the order in which they arrived. */
  @SuppressWarnings("unchecked") // the row's class is checked just before
  <R extends Row> Stream<Arrived<R>> of(Class<R> kind) {
    return memory.rows.stream()
        .filter(arrived -> kind.isInstance(arrived.row()))
        .map(arrived -> (Arrived<R>) arrived);
  }

  /** Those that have ended, without the number of their exceptions. */
  Stream<StoredSpan> endedAlone() {
    return of(SpanRow.class).map(span -> alone(span.instance(), span.row(), span.arrival()));
  }

  private Stream<StoredSpan> runningAlone() {
    return memory.instances.values().stream()
        .filter(Memory.Remembered::isRunning)
        .flatMap(instance -> instance.pending.values().stream())
        .map(this::inProgress);
  }

  private StoredSpan inProgress(Arrived<BegunRow> begun) {
    BegunRow row = begun.row();
    SpanRow span = row.toSpan(begun.instance(), row.position(), -1, "in_progress");
    return alone(begun.instance(), span, begun.arrival());
  }

  private StoredSpan alone(InstanceId instance, SpanRow span, long arrival) {
    return new StoredSpan(span, service(instance), arrival, 0);
  }

  private StoredSpan withExceptions(StoredSpan span) {
    long exceptions =
        of(ExceptionRow.class)
            .filter(exception -> exception.instance().equals(span.row().instance()))
            .filter(exception -> concerns(exception.row(), span.row()))
            .count();
    return new StoredSpan(span.row(), span.service(), span.arrival(), (int) exceptions);
  }

  static StoredSpan withoutPayloads(StoredSpan span) {
    return new StoredSpan(
        span.row().withoutPayloads(), span.service(), span.arrival(), span.exceptions());
  }

  private static boolean concerns(ExceptionRow exception, SpanRow span) {
    return span.kind().equals("SERVER") && !span.traceId().equals(TraceId.NONE)
        ? exception.traceId().equals(span.traceId())
        : span.spanId() != 0 && exception.spanId() == span.spanId();
  }

  private ExceptionRow resolved(ExceptionRow row) {
    return row.with(resolved(memory.known(row.instance()), row.stack()));
  }

  private static ThrownStack resolved(Memory.Remembered instance, ThrownStack stack) {
    List<String> frames =
        stack.stackHash() == 0
            ? stack.frames()
            : instance.framesByHash.getOrDefault(stack.stackHash(), List.of());
    @Nullable ThrownStack cause = stack.cause();
    return new ThrownStack(
        stack.type(),
        stack.message(),
        stack.stackHash(),
        frames,
        stack.omittedFrames(),
        cause == null ? null : resolved(instance, cause),
        stack.suppressed().stream().map(suppressed -> resolved(instance, suppressed)).toList());
  }
}
