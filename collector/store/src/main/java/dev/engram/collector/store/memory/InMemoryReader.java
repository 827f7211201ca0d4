package dev.engram.collector.store.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.CallInTransaction;
import dev.engram.collector.store.CallsInTransactions;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHits;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredAttempt;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.StoredOutcome;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrowSummary;
import dev.engram.collector.store.TraceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reading side of {@link InMemoryStore}. */
final class InMemoryReader implements StoreReader {
  private static final int PREFIX_MATCHES = 10;

  private final Memory memory;
  private final StoredRows rows;

  InMemoryReader(Memory memory) {
    this.memory = memory;
    this.rows = new StoredRows(memory);
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
        filter.afterArrival() != 0
            ? comparingLong(StoredSpan::arrival)
            : StoredRows.OLDEST_FIRST.reversed();
    return limited(filter.limit(), () -> taken(filter, rows.ended()).sorted(order));
  }

  @Override
  public void visit(SpanFilter filter, Consumer<StoredSpan> visitor) {
    limited(
            filter.limit(),
            () ->
                taken(filter, rows.endedAlone())
                    .map(StoredRows::withoutPayloads)
                    .sorted(StoredRows.OLDEST_FIRST))
        .forEach(visitor);
  }

  @Override
  public List<StoredSpan> spansById(Set<Long> spanIds) {
    return locked(
        () ->
            rows.spansAlone()
                .filter(span -> spanIds.contains(span.row().spanId()))
                .map(StoredRows::withoutPayloads)
                .sorted(StoredRows.OLDEST_FIRST)
                .toList());
  }

  @Override
  public Optional<StoredSpan> span(long spanId) {
    return locked(() -> last(rows.ended(), spanId).or(() -> last(rows.running(), spanId)));
  }

  @Override
  public List<StoredSpan> inProgress(SpanFilter filter) {
    return limited(
        filter.limit(),
        () ->
            rows.running()
                .filter(span -> Filters.takes(filter, span))
                .filter(span -> rows.meets(filter.where(), span))
                .sorted(StoredRows.OLDEST_FIRST.reversed()));
  }

  @Override
  public List<StoredSpan> trace(TraceId traceId) {
    return locked(
        () ->
            rows.spans()
                .filter(span -> span.row().traceId().equals(traceId))
                .sorted(StoredRows.OLDEST_FIRST)
                .toList());
  }

  @Override
  public List<StoredException> exceptions(ExceptionFilter filter) {
    return limited(
        filter.limit(),
        () ->
            rows.exceptions()
                .filter(exception -> Filters.takes(filter, exception))
                .filter(exception -> Filters.takesIdentity(filter, exception.row()))
                .filter(exception -> rows.meets(filter.where(), exception))
                .sorted(StoredException.EARLIEST_FIRST.reversed()));
  }

  @Override
  public List<StoredException> arrivedExceptions(ExceptionFilter filter, long afterArrival) {
    return limited(
        filter.limit(),
        () ->
            rows.exceptions()
                .filter(exception -> exception.arrival() > afterArrival)
                .filter(exception -> Filters.takes(filter, exception))
                .filter(exception -> Filters.takesIdentity(filter, exception.row()))
                .filter(exception -> rows.meets(filter.where(), exception))
                .sorted(comparingLong(StoredException::arrival)));
  }

  @Override
  public List<ExceptionGroup> exceptionGroups(ExceptionFilter filter) {
    return limited(
        filter.limit(),
        () ->
            Summaries.groups(
                Stream.concat(
                    rows.exceptions()
                        .filter(exception -> Filters.takes(filter, exception))
                        .filter(exception -> rows.meets(filter.where(), exception))
                        .map(GroupShare::of),
                    memory.gone.taken(filter))));
  }

  @Override
  public List<Long> fingerprints(String prefix) {
    return matching(
        prefix,
        InMemoryReader::hex,
        () ->
            Stream.concat(
                rows.exceptions().map(exception -> exception.row().fingerprint()),
                memory.gone.fingerprints()));
  }

  @Override
  public List<Long> spanIds(String prefix) {
    return matching(
        prefix, InMemoryReader::hex, () -> rows.spans().map(span -> span.row().spanId()));
  }

  @Override
  public List<TraceId> traceIds(String prefix) {
    return matching(prefix, TraceId::hex, () -> rows.spans().map(span -> span.row().traceId()));
  }

  @Override
  public List<StatementSummary> statements(StatementFilter filter) {
    return limited(filter.limit(), () -> Summaries.statements(executions(filter)));
  }

  @Override
  public List<RepeatedStatement> repeatedStatements(StatementFilter filter, int atLeast) {
    return limited(filter.limit(), () -> Repetitions.of(executions(filter), atLeast));
  }

  @Override
  public List<CallInTransaction> callsInTransactions(StatementFilter filter) {
    return locked(
        () -> {
          CallsInTransactions calls = new CallsInTransactions(filter, rows::version);
          rows.spansAlone()
              .sorted(StoredRows.OLDEST_FIRST)
              .collect(Collectors.groupingBy(span -> span.row().traceId()))
              .values()
              .forEach(calls::add);
          return calls.summedUp();
        });
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
                rows.of(PayloadRow.class)
                    .filter(part -> part.instance().equals(instance))
                    .map(Arrived::row)
                    .filter(part -> part.payloadId() == payloadId)
                    .toList()));
  }

  @Override
  public List<MetricSummary> metrics(MetricFilter filter) {
    return limited(
        filter.limit(),
        () ->
            Metrics.summaries(
                rows.of(MeasurementRow.class)
                    .map(reading -> Metrics.of(reading, rows.service(reading.instance())))
                    .filter(metric -> Filters.takes(filter, metric))
                    .filter(metric -> rows.meets(filter.where(), metric))));
  }

  @Override
  public List<ThrowSummary> throwCounts(ThrowFilter filter) {
    return locked(
        () ->
            rows
                .of(ThrowCountRow.class)
                .map(
                    count ->
                        ThrowSummary.of(
                            count.row(), rows.service(count.instance()), count.instance()))
                .filter(count -> Filters.takes(filter, count))
                .collect(Collectors.toMap(ThrowSummary::key, count -> count, ThrowSummary::plus))
                .values()
                .stream()
                .sorted(ThrowSummary.ORDER)
                .toList());
  }

  @Override
  public List<StoredDecision> decisions(DecisionFilter filter) {
    return limited(
        filter.limit(),
        () ->
            rows.decisions()
                .filter(decision -> Filters.takes(filter, decision))
                .filter(decision -> rows.meets(filter.where(), decision))
                .sorted(
                    comparingLong((StoredDecision it) -> it.row().timeEpochNanos())
                        .thenComparingLong(StoredDecision::arrival)
                        .reversed()));
  }

  @Override
  public List<Long> decisionIds(String prefix) {
    return matching(
        prefix, InMemoryReader::hex, () -> rows.decisions().map(it -> it.row().decisionId()));
  }

  @Override
  public List<StoredOutcome> outcomes(long sinceEpochNanos) {
    return locked(
        () ->
            rows.of(OutcomeRow.class)
                .filter(it -> it.row().timeEpochNanos() >= sinceEpochNanos)
                .map(it -> new StoredOutcome(it.row(), rows.service(it.instance()), it.arrival()))
                .sorted(
                    comparingLong((StoredOutcome it) -> it.row().timeEpochNanos())
                        .thenComparingLong(StoredOutcome::arrival))
                .toList());
  }

  @Override
  public List<StoredFeedback> feedback(long sinceEpochNanos) {
    return locked(
        () ->
            rows.of(FeedbackRow.class)
                .filter(it -> it.row().timeEpochNanos() >= sinceEpochNanos)
                .map(it -> new StoredFeedback(it.row(), rows.service(it.instance()), it.arrival()))
                .sorted(
                    comparingLong((StoredFeedback it) -> it.row().timeEpochNanos())
                        .thenComparingLong(StoredFeedback::arrival))
                .toList());
  }

  @Override
  public List<StoredAttempt> remedyAttempts(long sinceEpochNanos, int each, int limit) {
    Map<List<Object>, Integer> counts = new HashMap<>();
    return limited(
            limit,
            () ->
                rows.of(RemedyAttemptRow.class)
                    .filter(it -> it.row().timeEpochNanos() >= sinceEpochNanos)
                    .map(
                        it ->
                            new StoredAttempt(
                                it.row(),
                                rows.service(it.instance()),
                                memory.known(it.instance()).description.version(),
                                it.arrival()))
                    .sorted(comparingLong(StoredAttempt::arrival).reversed()))
        .stream()
        .filter(it -> counts.merge(kindOf(it.row()), 1, Integer::sum) <= each)
        .toList();
  }

  private static List<Object> kindOf(RemedyAttemptRow row) {
    return List.of(row.remedyId(), row.fingerprint(), row.arm());
  }

  @Override
  public SearchHits search(SearchFilter filter) {
    return locked(() -> new SearchHits(TextSearch.of(filter, rows), 0));
  }

  @Override
  public List<KnowledgeRow> knowledge() {
    return locked(
        () ->
            rows.of(KnowledgeRow.class)
                .sorted(
                    comparingLong((Arrived<KnowledgeRow> it) -> it.row().timeEpochNanos())
                        .thenComparingLong(Arrived::arrival))
                .map(Arrived::row)
                .toList());
  }

  @Override
  public List<LifecycleRow> lifecycle(InstanceId instance) {
    return locked(
        () ->
            rows.of(LifecycleRow.class)
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

  @Override
  public Map<String, Long> older(long beforeEpochNanos) {
    return locked(() -> Removing.counts(new Removing(memory).older(beforeEpochNanos)));
  }

  @Override
  public List<Removed> removed() {
    return locked(
        () ->
            memory.removed.entrySet().stream()
                .map(it -> new Removed(it.getKey().get(0), it.getKey().get(1), it.getValue()))
                .sorted(Removed.ORDER)
                .toList());
  }

  /** What rows take in a heap nobody can tell: one for each. */
  @Override
  public long bytes() {
    return locked(() -> (long) memory.rows.size());
  }

  @Override
  public Map<String, Long> bytesByKind() {
    long rows = bytes();
    return rows == 0 ? Map.of() : Map.of("rows", rows);
  }

  private Stream<StoredSpan> executions(StatementFilter filter) {
    return rows.ended()
        .filter(span -> Filters.takes(filter, span))
        .filter(span -> rows.meets(filter.where(), span));
  }

  private Stream<StoredSpan> taken(SpanFilter filter, Stream<StoredSpan> ended) {
    return ended
        .filter(span -> span.arrival() > filter.afterArrival())
        .filter(span -> Filters.takes(filter, span))
        .filter(span -> Filters.takesEnd(filter, span))
        .filter(span -> rows.meets(filter.where(), span));
  }

  private static Optional<StoredSpan> last(Stream<StoredSpan> spans, long spanId) {
    return spans.filter(span -> span.row().spanId() == spanId).max(StoredRows.OLDEST_FIRST);
  }

  private <T> List<T> matching(
      String prefix, Function<T, String> hexDigits, Supplier<Stream<T>> ids) {
    return limited(
        PREFIX_MATCHES,
        () ->
            ids.get()
                .distinct()
                .filter(id -> hexDigits.apply(id).startsWith(prefix))
                .sorted(comparing(hexDigits)));
  }

  private <T> List<T> limited(int limit, Supplier<Stream<T>> question) {
    return locked(() -> (limit == 0 ? question.get() : question.get().limit(limit)).toList());
  }

  private <T> T locked(Supplier<T> question) {
    synchronized (memory) {
      memory.requireOpen();
      return question.get();
    }
  }

  private static String hex(long id) {
    return String.format("%016x", id);
  }
}
