package dev.engram.collector.store.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reading side of {@link InMemoryStore}. */
final class InMemoryReader implements StoreReader {
  private static final int PREFIX_MATCHES = 10;
  private static final Comparator<StoredSpan> OLDEST_FIRST =
      comparingLong((StoredSpan span) -> span.row().startEpochNanos())
          .thenComparingLong(StoredSpan::arrival);
  private static final Comparator<StoredException> EARLIEST_FIRST =
      comparingLong((StoredException exception) -> exception.row().timeEpochNanos())
          .thenComparingLong(StoredException::arrival);

  private final Memory memory;

  InMemoryReader(Memory memory) {
    this.memory = memory;
  }

  @Override
  public List<Instance> instances() {
    return locked(
        () ->
            memory.instances.values().stream()
                .map(remembered -> remembered.description)
                .sorted(
                    comparingLong(Instance::startedEpochNanos)
                        .reversed()
                        .thenComparing(instance -> instance.id().toString()))
                .toList());
  }

  @Override
  public List<StoredSpan> spans(SpanFilter filter) {
    Comparator<StoredSpan> order =
        filter.afterArrival() > 0 ? comparingLong(StoredSpan::arrival) : OLDEST_FIRST.reversed();
    return locked(
        () ->
            limited(
                ended()
                    .filter(span -> span.arrival() > filter.afterArrival())
                    .filter(span -> Filters.takes(filter, span))
                    .filter(span -> Filters.takesEnd(filter, span))
                    .sorted(order),
                filter.limit()));
  }

  @Override
  public Optional<StoredSpan> span(long spanId) {
    return locked(
        () ->
            Stream.of(ended(), running())
                .flatMap(
                    spans ->
                        spans
                            .filter(span -> span.row().spanId() == spanId)
                            .max(OLDEST_FIRST)
                            .stream())
                .findFirst());
  }

  @Override
  public List<StoredSpan> inProgress(SpanFilter filter) {
    return locked(
        () ->
            limited(
                running()
                    .filter(span -> Filters.takes(filter, span))
                    .sorted(OLDEST_FIRST.reversed()),
                filter.limit()));
  }

  @Override
  public List<StoredSpan> trace(TraceId traceId) {
    return locked(
        () ->
            Stream.concat(ended(), running())
                .filter(span -> span.row().traceId().equals(traceId))
                .sorted(OLDEST_FIRST)
                .toList());
  }

  @Override
  public List<StoredException> exceptions(ExceptionFilter filter) {
    return locked(
        () ->
            limited(
                exceptions()
                    .filter(exception -> Filters.takes(filter, exception))
                    .filter(exception -> Filters.takesIdentity(filter, exception.row()))
                    .sorted(EARLIEST_FIRST.reversed()),
                filter.limit()));
  }

  @Override
  public List<ExceptionGroup> exceptionGroups(ExceptionFilter filter) {
    return locked(
        () ->
            limited(
                exceptions()
                    .filter(exception -> Filters.takes(filter, exception))
                    .collect(Collectors.groupingBy(exception -> exception.row().fingerprint()))
                    .values()
                    .stream()
                    .map(Summaries::group)
                    .sorted(Summaries.MOST_FREQUENT_FIRST),
                filter.limit()));
  }

  @Override
  public List<Long> fingerprints(String prefix) {
    return locked(
        () ->
            exceptions()
                .map(exception -> exception.row().fingerprint())
                .distinct()
                .filter(fingerprint -> hex(fingerprint).startsWith(prefix))
                .sorted(Long::compareUnsigned)
                .limit(PREFIX_MATCHES)
                .toList());
  }

  @Override
  public List<Long> spanIds(String prefix) {
    return locked(
        () ->
            Stream.concat(ended(), running())
                .map(span -> span.row().spanId())
                .distinct()
                .filter(id -> hex(id).startsWith(prefix))
                .sorted(Long::compareUnsigned)
                .limit(PREFIX_MATCHES)
                .toList());
  }

  @Override
  public List<TraceId> traceIds(String prefix) {
    return locked(
        () ->
            Stream.concat(ended(), running())
                .map(span -> span.row().traceId())
                .distinct()
                .filter(id -> id.hex().startsWith(prefix))
                .sorted(comparing(TraceId::hex))
                .limit(PREFIX_MATCHES)
                .toList());
  }

  @Override
  public List<StatementSummary> statements(StatementFilter filter) {
    return locked(
        () ->
            limited(
                ended()
                    .filter(span -> Filters.takes(filter, span))
                    .collect(Collectors.groupingBy(Summaries::statementKey))
                    .values()
                    .stream()
                    .map(Summaries::statement)
                    .sorted(Summaries.MOST_TIME_FIRST),
                filter.limit()));
  }

  @Override
  public List<RepeatedStatement> repeatedStatements(StatementFilter filter, int atLeast) {
    return locked(
        () ->
            limited(
                Repetitions.of(ended().filter(span -> Filters.takes(filter, span)), atLeast),
                filter.limit()));
  }

  @Override
  public Optional<List<String>> frames(InstanceId instance, long stackHash) {
    return locked(
        () ->
            Optional.ofNullable(memory.instances.get(instance))
                .map(remembered -> remembered.framesByHash.get(stackHash)));
  }

  @Override
  public Optional<byte[]> payload(InstanceId instance, long payloadId) {
    return locked(
        () ->
            Summaries.assemble(
                rows(PayloadRow.class)
                    .filter(part -> part.instance().equals(instance))
                    .map(Arrived::row)
                    .filter(part -> part.payloadId() == payloadId)
                    .toList()));
  }

  @Override
  public List<MetricSummary> metrics(MetricFilter filter) {
    return locked(
        () ->
            limited(
                rows(MeasurementRow.class)
                    .filter(reading -> Filters.takes(filter, reading.row()))
                    .map(reading -> Metrics.of(reading, service(reading.instance())))
                    .filter(
                        metric ->
                            filter.service() == null || filter.service().equals(metric.service()))
                    .collect(Collectors.groupingBy(Metrics::key))
                    .values()
                    .stream()
                    .map(Metrics::summary)
                    .sorted(MetricSummary.ORDER),
                filter.limit()));
  }

  @Override
  public List<LifecycleRow> lifecycle(InstanceId instance) {
    return locked(
        () ->
            rows(LifecycleRow.class)
                .filter(row -> row.instance().equals(instance))
                .map(Arrived::row)
                .sorted(comparingLong(LifecycleRow::position))
                .toList());
  }

  @Override
  public Map<InstanceId, Accounting> accounting() {
    return locked(
        () -> {
          Map<InstanceId, Accounting> books = new LinkedHashMap<>();
          for (Instance instance : instances()) {
            books.put(instance.id(), memory.known(instance.id()).books.accounting());
          }
          return books;
        });
  }

  @Override
  public List<Loss> losses(Period period) {
    return locked(
        () ->
            memory.instances.values().stream()
                .flatMap(known -> known.losses.losses(known.description))
                .filter(loss -> loss.period().meets(period))
                .sorted(Loss.ORDER)
                .toList());
  }

  private <T> T locked(Supplier<T> question) {
    synchronized (memory) {
      memory.requireOpen();
      return question.get();
    }
  }

  private Stream<StoredSpan> ended() {
    return rows(SpanRow.class).map(span -> stored(span.instance(), span.row(), span.arrival()));
  }

  private Stream<StoredSpan> running() {
    return memory.instances.values().stream()
        .filter(Memory.Remembered::isRunning)
        .flatMap(instance -> instance.pending.values().stream())
        .map(this::inProgress);
  }

  private StoredSpan inProgress(Arrived<BegunRow> begun) {
    BegunRow row = begun.row();
    SpanRow span = row.toSpan(begun.instance(), row.position(), -1, "in_progress");
    return stored(begun.instance(), span, begun.arrival());
  }

  private StoredSpan stored(InstanceId instance, SpanRow span, long arrival) {
    long exceptions =
        rows(ExceptionRow.class)
            .filter(exception -> exception.instance().equals(instance))
            .filter(exception -> concerns(exception.row(), span))
            .count();
    return new StoredSpan(span, service(instance), arrival, (int) exceptions);
  }

  private static boolean concerns(ExceptionRow exception, SpanRow span) {
    return span.kind().equals("SERVER") && !span.traceId().equals(TraceId.NONE)
        ? exception.traceId().equals(span.traceId())
        : span.spanId() != 0 && exception.spanId() == span.spanId();
  }

  private Stream<StoredException> exceptions() {
    return rows(ExceptionRow.class)
        .map(
            arrived ->
                new StoredException(
                    resolved(arrived.row()), service(arrived.instance()), arrived.arrival()));
  }

  private ExceptionRow resolved(ExceptionRow row) {
    return new ExceptionRow(
        row.instance(),
        row.position(),
        row.timeEpochNanos(),
        row.traceId(),
        row.spanId(),
        row.origin(),
        row.threadName(),
        row.site(),
        row.type(),
        row.message(),
        row.fingerprint(),
        resolved(memory.known(row.instance()), row.stack()));
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

  private String service(InstanceId instance) {
    return memory.known(instance).description.service();
  }

  @SuppressWarnings("unchecked") // the row's class is checked just before
  private <R extends Row> Stream<Arrived<R>> rows(Class<R> kind) {
    return memory.rows.stream()
        .filter(arrived -> kind.isInstance(arrived.row()))
        .map(arrived -> (Arrived<R>) arrived);
  }

  private static String hex(long id) {
    return String.format("%016x", id);
  }

  private static <T> List<T> limited(Stream<T> all, int limit) {
    return (limit == 0 ? all : all.limit(limit)).toList();
  }
}
