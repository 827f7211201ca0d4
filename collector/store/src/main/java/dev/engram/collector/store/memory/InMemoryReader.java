package dev.engram.collector.store.memory;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.CallInTransaction;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.DecisionFilter;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The reading side of {@link InMemoryStore}: hands each question to the room that answers it. */
final class InMemoryReader implements StoreReader {
  private final Questions questions;
  private final ReadSpans spans;
  private final ReadErrors errors;
  private final ReadTold told;
  private final ReadBooks books;
  private final StoredRows rows;

  InMemoryReader(Memory memory) {
    questions = new Questions(memory);
    spans = new ReadSpans(memory);
    errors = new ReadErrors(memory);
    told = new ReadTold(memory);
    books = new ReadBooks(memory);
    rows = new StoredRows(memory);
  }

  @Override
  public List<Instance> instances() {
    return books.instances();
  }

  @Override
  public List<StoredSpan> spans(SpanFilter filter) {
    return spans.spans(filter);
  }

  @Override
  public void visit(SpanFilter filter, Consumer<StoredSpan> visitor) {
    spans.visit(filter, visitor);
  }

  @Override
  public List<StoredSpan> spansById(Set<Long> spanIds) {
    return spans.spansById(spanIds);
  }

  @Override
  public Optional<StoredSpan> span(long spanId) {
    return spans.span(spanId);
  }

  @Override
  public List<StoredSpan> inProgress(SpanFilter filter) {
    return spans.inProgress(filter);
  }

  @Override
  public List<StoredSpan> trace(TraceId traceId) {
    return spans.trace(traceId);
  }

  @Override
  public List<StoredException> exceptions(ExceptionFilter filter) {
    return errors.exceptions(filter);
  }

  @Override
  public void visitLatest(ExceptionFilter filter, Consumer<StoredException> visitor) {
    errors.latest(filter).forEach(visitor);
  }

  @Override
  public List<StoredException> arrivedExceptions(ExceptionFilter filter, long afterArrival) {
    return errors.arrivedExceptions(filter, afterArrival);
  }

  @Override
  public List<ExceptionGroup> exceptionGroups(ExceptionFilter filter) {
    return errors.exceptionGroups(filter);
  }

  @Override
  public List<Long> fingerprints(String prefix) {
    return errors.fingerprints(prefix);
  }

  @Override
  public List<Long> spanIds(String prefix) {
    return spans.spanIds(prefix);
  }

  @Override
  public List<TraceId> traceIds(String prefix) {
    return spans.traceIds(prefix);
  }

  @Override
  public List<StatementSummary> statements(StatementFilter filter) {
    return spans.statements(filter);
  }

  @Override
  public List<RepeatedStatement> repeatedStatements(StatementFilter filter, int atLeast) {
    return spans.repeatedStatements(filter, atLeast);
  }

  @Override
  public List<CallInTransaction> callsInTransactions(StatementFilter filter) {
    return spans.callsInTransactions(filter);
  }

  @Override
  public Optional<List<String>> frames(InstanceId instance, long stackHash) {
    return errors.frames(instance, stackHash);
  }

  @Override
  public Optional<byte[]> payload(InstanceId instance, long payloadId) {
    return spans.payload(instance, payloadId);
  }

  @Override
  public List<MetricSummary> metrics(MetricFilter filter) {
    return books.metrics(filter);
  }

  @Override
  public List<ThrowSummary> throwCounts(ThrowFilter filter) {
    return errors.throwCounts(filter);
  }

  @Override
  public List<StoredDecision> decisions(DecisionFilter filter) {
    return told.decisions(filter);
  }

  @Override
  public List<Long> decisionIds(String prefix) {
    return told.decisionIds(prefix);
  }

  @Override
  public List<StoredOutcome> outcomes(long sinceEpochNanos) {
    return told.outcomes(sinceEpochNanos);
  }

  @Override
  public List<StoredFeedback> feedback(long sinceEpochNanos) {
    return told.feedback(sinceEpochNanos);
  }

  @Override
  public List<StoredAttempt> remedyAttempts(long sinceEpochNanos, int each, int limit) {
    return told.remedyAttempts(sinceEpochNanos, each, limit);
  }

  @Override
  public SearchHits search(SearchFilter filter) {
    return questions.locked(() -> new SearchHits(TextSearch.of(filter, rows), 0));
  }

  @Override
  public List<KnowledgeRow> knowledge() {
    return told.knowledge();
  }

  @Override
  public List<LifecycleRow> lifecycle(InstanceId instance) {
    return books.lifecycle(instance);
  }

  @Override
  public Map<InstanceId, Accounting> accounting() {
    return books.accounting();
  }

  @Override
  public List<Loss> losses(Period period) {
    return books.losses(period);
  }

  @Override
  public Map<String, Long> older(Cutoff before) {
    return books.older(before);
  }

  @Override
  public List<RequestRollup> requestRollups(
      long sinceEpochNanos, long untilEpochNanos, @Nullable String service) {
    return spans.requestRollups(sinceEpochNanos, untilEpochNanos, service);
  }

  @Override
  public List<Removed> removed() {
    return books.removed();
  }

  /** What rows take in a heap nobody can tell: one for each. */
  @Override
  public long bytes() {
    return books.bytes();
  }

  @Override
  public Map<String, Long> bytesByKind() {
    long rows = bytes();
    return rows == 0 ? Map.of() : Map.of("rows", rows);
  }
}
