package dev.engram.collector.analysis.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a service wrote of its decisions, and how they are judged; one for each test. */
final class DecisionLog implements BeforeEachCallback, AfterEachCallback {
  static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  static final DecisionFilter ALL = new DecisionFilter(0, 0, null, null, 0, 0);
  static final TraceId TRACE = new TraceId(7, 8);
  static final long DECISION = 0x11;

  /** When it is made, inside its request and its node. */
  static final long MADE = 1_000;

  final InMemoryStore store = new InMemoryStore();
  private long position;

  @Override
  public void beforeEach(ExtensionContext context) {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 0, 0, Map.of()));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    store.close();
  }

  void assertOutcome(OutcomeLabel label, String source) {
    assertThat(outcome(DECISION).label()).isEqualTo(label);
    assertThat(outcome(DECISION).source()).isEqualTo(source);
  }

  DecisionOutcome outcome(long id) {
    return judged(id).outcome();
  }

  JudgedDecision judged(long id) {
    DecisionFilter one = new DecisionFilter(0, 0, null, null, id, 0);
    return JudgedDecisions.find(store.reader(), one).get(0);
  }

  void decide(long spanId) {
    write(decision(DECISION, spanId, 0.9, Map.of()));
  }

  DecisionRow decision(long id, long spanId, double confidence, Map<String, Object> attributes) {
    return new DecisionRow(
        next(),
        MADE,
        id,
        TRACE,
        spanId,
        "route",
        List.of(),
        "a",
        confidence,
        "stated",
        List.of(),
        attributes);
  }

  SpanRow span(
      long id,
      long parent,
      String kind,
      String category,
      String status,
      Map<String, Object> attributes) {
    return new SpanRow(
        INSTANCE,
        next(),
        TRACE,
        id,
        parent,
        kind,
        category,
        "span " + id,
        100 + id,
        5_000,
        status,
        null,
        attributes,
        List.of(),
        false);
  }

  OutcomeRow told(long time, long id, String label, @Nullable String author) {
    String hex = String.format("%016x", id);
    return new OutcomeRow(next(), time, "decision", "", hex, label, Double.NaN, author, null);
  }

  long next() {
    return ++position;
  }

  void write(Row... rows) {
    Checkpoint end = new Checkpoint(position, position, 0);
    store.writer().write(new Batch(INSTANCE, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }
}
