package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Random requests, statements and exceptions of two instances, one after the other. */
final class RowsToSum {
  static final int BATCH = 2_048;
  static final int NAMES = 15;

  /** Nanoseconds from one to the next. */
  static final long STEP = 1_000_000;

  private static final List<InstanceId> INSTANCES =
      List.of(new InstanceId(new UUID(1, 1)), new InstanceId(new UUID(2, 2)));

  private static final List<String> CATEGORIES =
      List.of("http", "http", "sql", "sql", "sql", "sql", "sql", "sql", "db", "method", "ai");

  private final Random random = new Random(3);
  private final int all;

  /** Rows arrive up to so many later than they would have in the order of their times. */
  private int late = 2_000;

  /** Two of so many are executions of a rare statement. */
  RowsToSum(int all) {
    this.all = all;
  }

  /** None arrives late any more. */
  void arriveInOrder() {
    late = 1;
  }

  /** So many, of two services. */
  void fill(StoreWriter writer, int count) {
    fill(writer, count, "shop1", "shop2");
  }

  /** So many, of an instance of each of these services. */
  void fill(StoreWriter writer, int count, String... services) {
    for (int i = 0; i < INSTANCES.size(); i++) {
      writer.putInstance(new Instance(INSTANCES.get(i), services[i], "", 1, 0, Map.of()));
    }
    fill(writer, 0, count);
  }

  /** Those of these numbers. */
  void fill(StoreWriter writer, int first, int end) {
    for (int from = first; from < end; from += BATCH) {
      InstanceId instance = INSTANCES.get(random.nextInt(INSTANCES.size()));
      List<Row> rows = new ArrayList<>();
      int until = Math.min(end, from + BATCH);
      for (int number = from; number < until; number++) {
        rows.add(number % 40 == 7 ? exception(instance, number) : span(instance, number));
      }
      Checkpoint checkpoint = new Checkpoint(until, until, 0);
      writer.write(new Batch(instance, rows, checkpoint, rows.size(), 0, 0, Map.of()));
    }
  }

  /** A few began long before those that arrived with them. */
  private SpanRow span(InstanceId instance, int number) {
    long jitter = random.nextInt(late) * (random.nextInt(500) == 0 ? 10 : 1);
    boolean rare = number % (all / 2) == 5;
    String category = rare ? "sql" : CATEGORIES.get(random.nextInt(CATEGORIES.size()));
    Map<String, Object> attributes = new HashMap<>();
    if (category.equals("sql") || category.equals("db")) {
      attributes.put("db.query.text", rare ? "rare" : "select " + random.nextInt(20));
      if (!rare && random.nextBoolean()) {
        attributes.put("db.system.name", "h2");
        attributes.put("db.response.returned_rows", (long) random.nextInt(3));
      }
    }
    if (category.equals("ai")) {
      attributes.put("gen_ai.request.model", random.nextBoolean() ? "large" : "\0\ud800");
      attributes.put("gen_ai.usage.input_tokens", random.nextLong());
      attributes.put("gen_ai.response.time_to_first_chunk", random.nextDouble());
    }
    return new SpanRow(
        instance,
        number + 1,
        traceId(number),
        number + 1,
        random.nextInt(3),
        category.equals("http") ? "SERVER" : "CLIENT",
        category,
        "name" + random.nextInt(NAMES),
        Math.max(0, number - jitter) * STEP,
        !rare && random.nextInt(50) == 0 ? -1 : (long) Math.exp(10 + random.nextGaussian()),
        random.nextInt(9) == 0 ? "error" : "ok",
        random.nextInt(5) == 0 ? "said\0" : null,
        attributes,
        List.of(),
        false);
  }

  private Row exception(InstanceId instance, int number) {
    long time = Math.max(0, number - random.nextInt(late)) * STEP;
    String type = "a.T" + random.nextInt(9);
    ThrownStack thrown = new ThrownStack(type, null, 0, List.of(), 0, null, List.of());
    return new ExceptionRow(
        instance,
        number + 1,
        time,
        traceId(number),
        number,
        "escaped",
        "main",
        null,
        type,
        null,
        type.hashCode() * 0x9e3779b97f4a7c15L,
        thrown);
  }

  /** Of four spans, which arrived together. */
  static TraceId traceId(int number) {
    return new TraceId(1, number / 4 + 1);
  }
}
