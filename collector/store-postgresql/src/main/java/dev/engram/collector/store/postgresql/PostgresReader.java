package dev.engram.collector.store.postgresql;

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

/** The reading side: each question sees one state of the database. */
final class PostgresReader implements StoreReader {
  private final Connections connections;
  private final Readiness ready;

  PostgresReader(Connections connections, Readiness ready) {
    this.connections = connections;
    this.ready = ready;
  }

  @Override
  public List<Instance> instances() {
    return answer(SelectInstances::all);
  }

  @Override
  public List<StoredSpan> spans(SpanFilter filter) {
    return answer(connection -> SelectSpans.ended(filter, connection));
  }

  @Override
  public void visit(SpanFilter filter, Consumer<StoredSpan> visitor) {
    answer(connection -> SelectSpans.visit(filter, visitor, connection));
  }

  @Override
  public List<StoredSpan> spansById(Set<Long> spanIds) {
    return answer(connection -> SelectSpans.byIds(spanIds, connection));
  }

  @Override
  public Optional<StoredSpan> span(long spanId) {
    return answer(connection -> SelectSpans.byId(spanId, connection));
  }

  @Override
  public List<StoredSpan> inProgress(SpanFilter filter) {
    return answer(connection -> SelectSpans.inProgress(filter, connection));
  }

  @Override
  public List<StoredSpan> trace(TraceId traceId) {
    return answer(connection -> SelectSpans.trace(traceId, connection));
  }

  @Override
  public Map<TraceId, List<StoredSpan>> traces(List<TraceId> traceIds, int enough) {
    return answer(connection -> SelectTraces.aside(traceIds, enough, connection));
  }

  @Override
  public Map<TraceId, List<EscapedException>> escaped(Collection<TraceId> traceIds) {
    return answer(connection -> SelectTraces.escaped(traceIds, connection));
  }

  @Override
  public boolean hasMoreSpans(TraceId traceId, int than) {
    return answer(connection -> SelectSpans.hasMore(traceId, than, connection));
  }

  @Override
  public List<StoredException> exceptions(ExceptionFilter filter) {
    return answer(connection -> SelectExceptions.latest(filter, connection));
  }

  @Override
  public void visitLatest(ExceptionFilter filter, Consumer<StoredException> visitor) {
    answer(connection -> LatestExceptions.visit(filter, connection, visitor));
  }

  @Override
  public List<StoredException> arrivedExceptions(ExceptionFilter filter, long afterArrival) {
    return answer(connection -> SelectExceptions.arrived(filter, afterArrival, connection));
  }

  @Override
  public List<ExceptionGroup> exceptionGroups(ExceptionFilter filter) {
    return answer(connection -> SelectExceptions.groups(filter, connection));
  }

  @Override
  public List<Long> fingerprints(String prefix) {
    return answer(connection -> SelectIds.fingerprints(prefix, connection));
  }

  @Override
  public List<Long> spanIds(String prefix) {
    return answer(connection -> SelectIds.spans(prefix, connection));
  }

  @Override
  public List<TraceId> traceIds(String prefix) {
    return answer(connection -> SelectIds.traces(prefix, connection));
  }

  @Override
  public List<StatementSummary> statements(StatementFilter filter) {
    return answer(connection -> SelectStatements.summaries(filter, connection));
  }

  @Override
  public List<RepeatedStatement> repeatedStatements(StatementFilter filter, int atLeast) {
    return answer(connection -> SelectStatements.repeated(filter, atLeast, connection));
  }

  @Override
  public List<CallInTransaction> callsInTransactions(StatementFilter filter) {
    return answer(connection -> SelectStatements.callsInTransactions(filter, connection));
  }

  @Override
  public Optional<byte[]> payload(InstanceId instance, long payloadId) {
    return answer(connection -> SelectPayload.of(instance, payloadId, connection));
  }

  @Override
  public Optional<List<String>> frames(InstanceId instance, long stackHash) {
    return answer(connection -> SelectExceptions.frames(instance, stackHash, connection));
  }

  @Override
  public List<MetricSummary> metrics(MetricFilter filter) {
    return answer(connection -> SelectMeasurements.metrics(filter, connection));
  }

  @Override
  public List<ThrowSummary> throwCounts(ThrowFilter filter) {
    return answer(connection -> SelectMeasurements.throwCounts(filter, connection));
  }

  @Override
  public List<StoredDecision> decisions(DecisionFilter filter) {
    return answer(connection -> SelectDecisions.latest(filter, connection));
  }

  @Override
  public List<Long> decisionIds(String prefix) {
    return answer(connection -> SelectIds.decisions(prefix, connection));
  }

  @Override
  public List<StoredOutcome> outcomes(long sinceEpochNanos) {
    return answer(connection -> SelectDecisions.outcomes(sinceEpochNanos, connection));
  }

  @Override
  public List<StoredFeedback> feedback(long sinceEpochNanos) {
    return answer(connection -> SelectDecisions.feedback(sinceEpochNanos, connection));
  }

  @Override
  public List<StoredAttempt> remedyAttempts(long sinceEpochNanos, int each, int limit) {
    return answer(
        connection -> SelectRemedyAttempts.latest(sinceEpochNanos, each, limit, connection));
  }

  @Override
  public SearchHits search(SearchFilter filter) {
    return answer(connection -> SelectSearch.by(filter, connection));
  }

  @Override
  public List<KnowledgeRow> knowledge() {
    return answer(SelectDecisions::knowledge);
  }

  @Override
  public List<LifecycleRow> lifecycle(InstanceId instance) {
    return answer(connection -> SelectInstances.lifecycle(instance, connection));
  }

  @Override
  public Map<InstanceId, Accounting> accounting() {
    return answer(SelectInstances::books);
  }

  @Override
  public List<Loss> losses(Period period) {
    return answer(connection -> SelectInstances.losses(period, connection));
  }

  @Override
  public Map<String, Long> older(Cutoff before) {
    return answer(connection -> AgedRows.count(before, connection));
  }

  @Override
  public List<RequestRollup> requestRollups(
      long sinceEpochNanos, long untilEpochNanos, @Nullable String service) {
    return answer(
        connection ->
            SelectRequestRollups.by(sinceEpochNanos, untilEpochNanos, service, connection));
  }

  @Override
  public List<Removed> removed() {
    return answer(DiskUse::removed);
  }

  @Override
  public long bytes() {
    return answer(DiskUse::bytes);
  }

  @Override
  public Map<String, Long> bytesByKind() {
    return answer(DiskUse::byTable);
  }

  private <T> T answer(Connections.Work<T> question) {
    boolean answered = false;
    try {
      ready.require();
      T answer =
          connections.inTransaction(
              connection -> {
                Turns.reading(connection);
                return question.on(connection);
              });
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        ready.forget();
      }
    }
  }
}
