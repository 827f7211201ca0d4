package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.CallInTransaction;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.EscapedException;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.RequestRollup;
import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHits;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanSum;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredAttempt;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.StoredOutcome;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrowSummary;
import dev.engram.collector.store.TraceId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The reading side: each question is a class of its own, asked on a connection of the pool. */
final class SqliteReader implements StoreReader {
  private final ReadPool pool;

  SqliteReader(ReadPool pool) {
    this.pool = pool;
  }

  @Override
  public List<Instance> instances() {
    return pool.answer(SelectInstances::all);
  }

  @Override
  public List<StoredSpan> spans(SpanFilter filter) {
    return pool.answer(connection -> SelectSpans.ended(filter, connection));
  }

  @Override
  public void visit(SpanFilter filter, Consumer<StoredSpan> visitor) {
    pool.answer(connection -> SelectSpans.visit(filter, visitor, connection));
  }

  @Override
  public List<SpanSum> sums(SpanFilter filter, SpanSum.By by) {
    return ofBlocks(filter, by).orElseGet(() -> StoreReader.super.sums(filter, by));
  }

  @Override
  public Map<SpanSum.By, List<SpanSum>> sums(SpanFilter filter) {
    return pool.answer(connection -> SelectSpanSums.all(filter, connection))
        .orElseGet(() -> StoreReader.super.sums(filter));
  }

  /** Empty when the spans are to be read. */
  private Optional<List<SpanSum>> ofBlocks(SpanFilter filter, SpanSum.By by) {
    return SelectSpanSums.canAnswer(filter, by)
        ? pool.answer(connection -> SelectSpanSums.by(filter, by, connection))
        : Optional.empty();
  }

  @Override
  public List<StoredSpan> spansById(Set<Long> spanIds) {
    return pool.answer(connection -> SelectSpans.byIds(spanIds, connection));
  }

  @Override
  public Optional<StoredSpan> span(long spanId) {
    return pool.answer(connection -> SelectSpans.byId(spanId, connection));
  }

  @Override
  public List<StoredSpan> inProgress(SpanFilter filter) {
    return pool.answer(connection -> SelectSpans.inProgress(filter, connection));
  }

  @Override
  public List<StoredSpan> trace(TraceId traceId) {
    return pool.answer(connection -> SelectSpans.trace(traceId, connection));
  }

  @Override
  public Map<TraceId, List<StoredSpan>> traces(List<TraceId> traceIds, int enough) {
    return pool.answer(connection -> SelectTraces.aside(traceIds, enough, connection));
  }

  @Override
  public boolean hasMoreSpans(TraceId traceId, int than) {
    return pool.answer(connection -> SelectSpans.hasMore(traceId, than, connection));
  }

  @Override
  public List<StoredException> exceptions(ExceptionFilter filter) {
    return pool.answer(connection -> SelectExceptions.latest(filter, connection));
  }

  @Override
  public void visitLatest(ExceptionFilter filter, Consumer<StoredException> visitor) {
    pool.answer(connection -> SelectExceptions.visitLatest(filter, connection, visitor));
  }

  @Override
  public Map<TraceId, List<EscapedException>> escaped(Collection<TraceId> traceIds) {
    return pool.answer(connection -> SelectTraces.escaped(traceIds, connection));
  }

  @Override
  public List<StoredException> arrivedExceptions(ExceptionFilter filter, long afterArrival) {
    return pool.answer(connection -> SelectExceptions.arrived(filter, afterArrival, connection));
  }

  @Override
  public List<ExceptionGroup> exceptionGroups(ExceptionFilter filter) {
    return pool.answer(connection -> SelectExceptionGroups.by(filter, connection));
  }

  @Override
  public List<Long> fingerprints(String prefix) {
    return pool.answer(connection -> SelectIdsByPrefix.fingerprints(prefix, connection));
  }

  @Override
  public List<Long> spanIds(String prefix) {
    return pool.answer(connection -> SelectIdsByPrefix.spans(prefix, connection));
  }

  @Override
  public List<TraceId> traceIds(String prefix) {
    return pool.answer(connection -> SelectIdsByPrefix.traces(prefix, connection));
  }

  @Override
  public List<StatementSummary> statements(StatementFilter filter) {
    return pool.answer(connection -> SelectStatements.by(filter, connection));
  }

  @Override
  public List<RepeatedStatement> repeatedStatements(StatementFilter filter, int atLeast) {
    return pool.answer(connection -> SelectRepeatedStatements.by(filter, atLeast, connection));
  }

  @Override
  public List<CallInTransaction> callsInTransactions(StatementFilter filter) {
    return pool.answer(connection -> SelectCallsInTransactions.by(filter, connection));
  }

  @Override
  public Optional<byte[]> payload(InstanceId instance, long payloadId) {
    return pool.answer(connection -> SelectPayload.of(instance, payloadId, connection));
  }

  @Override
  public Optional<List<String>> frames(InstanceId instance, long stackHash) {
    return pool.answer(connection -> SelectFrames.of(instance, stackHash, connection));
  }

  @Override
  public List<MetricSummary> metrics(MetricFilter filter) {
    return pool.answer(connection -> SelectMetrics.by(filter, connection));
  }

  @Override
  public List<ThrowSummary> throwCounts(ThrowFilter filter) {
    return pool.answer(connection -> SelectThrowCounts.by(filter, connection));
  }

  @Override
  public List<StoredDecision> decisions(DecisionFilter filter) {
    return pool.answer(connection -> SelectDecisions.latest(filter, connection));
  }

  @Override
  public List<Long> decisionIds(String prefix) {
    return pool.answer(connection -> SelectIdsByPrefix.decisions(prefix, connection));
  }

  @Override
  public List<StoredOutcome> outcomes(long sinceEpochNanos) {
    return pool.answer(connection -> SelectTold.outcomes(sinceEpochNanos, connection));
  }

  @Override
  public List<StoredFeedback> feedback(long sinceEpochNanos) {
    return pool.answer(connection -> SelectTold.feedback(sinceEpochNanos, connection));
  }

  @Override
  public List<StoredAttempt> remedyAttempts(long sinceEpochNanos, int each, int limit) {
    return pool.answer(
        connection -> SelectRemedyAttempts.latest(sinceEpochNanos, each, limit, connection));
  }

  @Override
  public SearchHits search(SearchFilter filter) {
    return pool.answer(connection -> SelectSearch.by(filter, connection));
  }

  @Override
  public List<KnowledgeRow> knowledge() {
    return pool.answer(SelectTold::knowledge);
  }

  @Override
  public List<LifecycleRow> lifecycle(InstanceId instance) {
    return pool.answer(connection -> SelectLifecycle.of(instance, connection));
  }

  @Override
  public Map<InstanceId, Accounting> accounting() {
    return pool.answer(SelectAccounting::all);
  }

  @Override
  public List<Loss> losses(Period period) {
    return pool.answer(connection -> SelectLosses.in(period, connection));
  }

  @Override
  public Map<String, Long> older(Cutoff before) {
    return pool.answer(connection -> AgedRows.count(before, connection));
  }

  @Override
  public List<RequestRollup> requestRollups(
      long sinceEpochNanos, long untilEpochNanos, @Nullable String service) {
    return pool.answer(
        connection ->
            SelectRequestRollups.by(sinceEpochNanos, untilEpochNanos, service, connection));
  }

  @Override
  public List<Removed> removed() {
    return pool.answer(SelectRemoved::all);
  }

  @Override
  public long bytes() {
    return pool.answer(ReadConnection::bytes);
  }

  @Override
  public Map<String, Long> bytesByKind() {
    return pool.answer(DiskUse::byTable);
  }
}
