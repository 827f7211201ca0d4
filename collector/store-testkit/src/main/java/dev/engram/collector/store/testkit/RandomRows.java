package dev.engram.collector.store.testkit;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.Operator;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.RowFields;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows of every kind, whose ids are few enough to meet and whose values are often hostile. */
final class RandomRows {
  private static final long[] TIMES = {0, 1, -1, 1_700_000_000_000_000_000L, Long.MAX_VALUE};
  private static final String[] TEXTS = {
    "",
    "plain",
    "\0",
    "a\0b",
    "\ud800",
    "x\udc00y",
    "\ud83d\ude00",
    "'; DROP TABLE span; --",
    "<script>",
    "\u00e9\u4e2d",
    "error",
    "ok",
    "unset",
    "sql",
    "key"
  };
  private static final String[] KEYS = {
    "db.query.text",
    "db.system.name",
    "db.response.returned_rows",
    "engram.db.transaction.duration",
    "http.route",
    "user.id",
    "key\0",
    "\udc00",
    ""
  };

  private final Random random;

  RandomRows(Random random) {
    this.random = random;
  }

  /**
   * One of any kind.
   *
   * @param running whether stacks may come by hash alone, as those do that were sent before
   */
  Row row(InstanceId instance, long position, boolean running) {
    return switch (random.nextInt(14)) {
      case 0, 1 -> begun(position);
      case 2 -> new EndedRow(position, id(), time(), duration(), oneOf("ok", "error"));
      case 3, 4, 5 -> span(instance, position);
      case 6 -> exception(instance, position, running);
      case 7 -> payload(position);
      case 8 -> new LifecycleRow(position, time(), text(), attributes());
      case 9 -> new MeasurementRow(position, time(), text(), text(), number(), attributes());
      case 10 -> decision(position);
      case 11 -> throwCount(position, running);
      case 12 -> outcome(position);
      default -> judgement(position);
    };
  }

  String text() {
    return oneOf(TEXTS);
  }

  long id() {
    return new long[] {0, 1, 2, 3, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x1234L << 48}
        [random.nextInt(8)];
  }

  TraceId traceId() {
    return new TraceId(id(), id());
  }

  long time() {
    return TIMES[random.nextInt(TIMES.length)] + random.nextInt(3) - 1;
  }

  Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      attributes.put(oneOf(KEYS), value());
    }
    return attributes;
  }

  /** One of so many levels at most; often none. */
  Condition condition(int levels) {
    return switch (random.nextInt(levels == 0 ? 3 : 8)) {
      case 0, 1, 2 -> comparison();
      case 3 -> new Condition.Not(condition(levels - 1));
      case 4 -> new Condition.All(List.of(condition(levels - 1), condition(levels - 1)));
      case 5 -> new Condition.Some(List.of(condition(levels - 1), condition(levels - 1)));
      case 6 -> new Condition.OfRequest(condition(levels - 1));
      default -> Condition.ANY;
    };
  }

  private Condition comparison() {
    List<String> fields = new ArrayList<>(RowFields.OWN);
    fields.addAll(List.of(KEYS));
    fields.addAll(List.of("exception.type", "exception.message", "thread.name"));
    Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
    Double number = random.nextBoolean() ? null : random.nextBoolean() ? number() : (double) id();
    return new Condition.Comparison(
        fields.get(random.nextInt(fields.size())), operator, text(), number);
  }

  private Object value() {
    return switch (random.nextInt(4)) {
      case 0 -> id();
      case 1 -> number();
      case 2 -> random.nextBoolean();
      default -> text();
    };
  }

  private double number() {
    return new double[] {0, -0.0, 1, 1.5, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE}
        [random.nextInt(7)];
  }

  private long duration() {
    return new long[] {-5, -1, 0, 1, 1_000, 1L << 40, Long.MAX_VALUE}[random.nextInt(7)];
  }

  private BegunRow begun(long position) {
    return new BegunRow(
        position,
        traceId(),
        id(),
        id(),
        oneOf("SERVER", "CLIENT"),
        category(),
        text(),
        time(),
        attributes());
  }

  private SpanRow span(InstanceId instance, long position) {
    return new SpanRow(
        instance,
        position,
        traceId(),
        id(),
        id(),
        oneOf("SERVER", "CLIENT"),
        category(),
        text(),
        time(),
        duration(),
        oneOf("ok", "error", "unset"),
        random.nextBoolean() ? null : text(),
        attributes(),
        payloads(),
        random.nextBoolean());
  }

  private String category() {
    return oneOf("sql", "http", "ai");
  }

  private List<PayloadReference> payloads() {
    List<PayloadReference> payloads = new ArrayList<>();
    for (int left = random.nextInt(3); left > 0; left--) {
      byte[] bytes = random.nextBoolean() ? null : bytes();
      payloads.add(
          new PayloadReference(
              text(),
              random.nextBoolean() ? null : text(),
              id(),
              random.nextBoolean(),
              bytes == null ? id() : 0,
              bytes));
    }
    return payloads;
  }

  private byte[] bytes() {
    return text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private ExceptionRow exception(InstanceId instance, long position, boolean running) {
    return new ExceptionRow(
        instance,
        position,
        time(),
        traceId(),
        id(),
        oneOf("escaped", "handled"),
        text(),
        random.nextBoolean() ? null : text(),
        text(),
        random.nextBoolean() ? null : text(),
        id(),
        thrown(2, running));
  }

  private ThrownStack thrown(int depth, boolean running) {
    long hash = id();
    return new ThrownStack(
        text(),
        random.nextBoolean() ? null : text(),
        hash,
        frames(hash, running),
        random.nextInt(3),
        depth == 0 || random.nextBoolean() ? null : thrown(depth - 1, running),
        depth == 0 || random.nextBoolean()
            ? List.of()
            : List.of(thrown(0, running), thrown(0, running)));
  }

  /** Equal ones for equal hashes, as hashes are. */
  private List<String> frames(long hash, boolean running) {
    if (hash == 0) {
      return random.nextBoolean() ? List.of() : List.of(text(), text());
    }
    int first = (int) Math.floorMod(hash, (long) TEXTS.length);
    return running && random.nextBoolean()
        ? List.of()
        : List.of(TEXTS[first], TEXTS[TEXTS.length - 1 - first]);
  }

  private PayloadRow payload(long position) {
    return new PayloadRow(
        position, time(), id(), random.nextInt(4) - 1, random.nextInt(4), id(), bytes());
  }

  private DecisionRow decision(long position) {
    return new DecisionRow(
        position,
        time(),
        id(),
        traceId(),
        id(),
        text(),
        List.of(text()),
        text(),
        number(),
        text(),
        List.of(text(), text()),
        attributes());
  }

  /** Small numbers, whose sums have no order. */
  private ThrowCountRow throwCount(long position, boolean running) {
    int count = random.nextInt(100);
    long time = time();
    return new ThrowCountRow(
        position,
        time,
        time > 0 ? random.nextInt(10) : 0,
        random.nextBoolean() ? null : text(),
        count,
        count - random.nextInt(10),
        count + random.nextInt(10),
        thrown(0, running));
  }

  private OutcomeRow outcome(long position) {
    return new OutcomeRow(position, time(), text(), text(), text(), text(), number(), null, text());
  }

  private Row judgement(long position) {
    if (random.nextInt(3) == 0) {
      return new KnowledgeRow(position, time(), text(), text(), text(), text(), text());
    }
    return random.nextBoolean()
        ? new FeedbackRow(position, time(), text(), text(), null, number(), text(), text())
        : new RemedyAttemptRow(
            position, time(), traceId(), id(), text(), text(), id(), 3, text(), id());
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
