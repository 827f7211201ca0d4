package dev.engram.benchmarks.store;

import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The rows of one batch: of a hundred, about 20 are requests, 70 SQL, 6 methods, 2 exceptions, 1 is
 * a call of a model, and 1 a decision, a reading, a run of a workflow or one of its nodes. The same
 * number gives the same rows. Confined to one thread.
 */
final class LargeRows {
  static final int ROUTES = 40;
  private static final int STATEMENTS = 60;
  private static final int USERS = 5_000;
  private static final int GROUPS = 200;

  private final InstanceId instance;
  private final long from;
  private final long step;
  private final Random random;
  private final List<Row> rows = new ArrayList<>();
  private long position;
  private long time;
  private TraceId trace = TraceId.NONE;
  private long request;

  /**
   * Of this number.
   *
   * @param position of the first row
   * @param from when the first request began, in epoch nanoseconds
   * @param step between two requests, in nanoseconds
   */
  LargeRows(InstanceId instance, long number, long position, long from, long step) {
    this.instance = instance;
    this.position = position;
    this.from = from;
    this.step = step;
    random = new Random(number * 31 + 7);
  }

  /** Those of so many requests. */
  List<Row> of(int requests) {
    for (int i = 0; i < requests; i++) {
      time = from + i * step;
      trace = new TraceId(random.nextLong(), random.nextLong());
      request(i);
    }
    return rows;
  }

  private void request(int number) {
    request = random.nextLong();
    int route = (int) Math.abs(random.nextGaussian() * ROUTES / 4) % ROUTES;
    boolean failed = number % 10 == 0;
    for (int i = 0; i < 3 + number % 2; i++) {
      statement();
    }
    if (number % 3 == 0) {
      span("INTERNAL", "method", "Pricing.quote", duration(200_000), "ok", Map.of(), List.of());
    }
    if (failed) {
      exception();
    }
    if (number % 20 == 0) {
      call();
    }
    other(number);
    rows.add(
        new SpanRow(
            instance,
            position++,
            trace,
            request,
            0,
            "SERVER",
            "http",
            "GET " + route(route),
            time,
            duration(3_000_000),
            failed ? "error" : "ok",
            null,
            Map.of(
                "http.request.method",
                "GET",
                "http.route",
                route(route),
                "url.path",
                route(route).replace("{id}", Integer.toString(random.nextInt(100_000))),
                "http.response.status_code",
                failed ? 500L : 200L,
                "user.id",
                "user-" + random.nextInt(USERS)),
            List.of(),
            false));
  }

  static String route(int number) {
    return "/shop/part-" + number + "/{id}";
  }

  private void statement() {
    int number = random.nextInt(STATEMENTS);
    String text =
        "select o.id, o.quantity, o.total_cents from customer_order o where o.region_"
            + number
            + " = ? and o.stock > ?";
    span(
        "CLIENT",
        "sql",
        "SELECT shop",
        duration(400_000),
        "ok",
        Map.of(
            "db.system.name",
            "postgresql",
            "db.query.text",
            text,
            "db.response.returned_rows",
            (long) random.nextInt(50)),
        List.of());
  }

  private void call() {
    span(
        "CLIENT",
        "ai",
        "chat large-1",
        duration(900_000_000),
        "ok",
        Map.of(
            "gen_ai.operation.name",
            "chat",
            "gen_ai.provider.name",
            "openai",
            "gen_ai.request.model",
            "large-1",
            "gen_ai.usage.input_tokens",
            400L + random.nextInt(800),
            "gen_ai.usage.output_tokens",
            50L + random.nextInt(300)),
        List.of(
            payload("gen_ai.input.messages", words(60)),
            payload("gen_ai.output.messages", words(30))));
  }

  private void exception() {
    int group = random.nextInt(GROUPS);
    String type = "com.acme.shop.part" + group + ".NotPackedException";
    String message = "order " + random.nextInt(1_000_000) + " cannot be packed";
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      frames.add("com.acme.shop.part" + group + ".Handler" + i + ".handle(Handler.java:" + i + ")");
    }
    ThrownStack thrown = new ThrownStack(type, message, group + 1, frames, 0, null, List.of());
    rows.add(
        new ExceptionRow(
            instance,
            position++,
            time,
            trace,
            request,
            "escaped",
            "worker-" + random.nextInt(16),
            "OrderController#add",
            type,
            message,
            (group + 1L) << 32,
            thrown));
  }

  private void other(int number) {
    switch (number % 80) {
      case 10 ->
          rows.add(
              new DecisionRow(
                  position++,
                  time,
                  random.nextLong(),
                  trace,
                  request,
                  "routing",
                  List.of("fast", "careful"),
                  random.nextBoolean() ? "fast" : "careful",
                  random.nextDouble(),
                  "stated",
                  List.of(words(8)),
                  Map.of()));
      case 30 -> reading("jvm.memory.used_after_last_gc", "By", 1e8 + random.nextInt(10_000_000));
      case 50 -> {
        Map<String, Object> run =
            Map.of("gen_ai.workflow.name", "refund", "engram.workflow.run.id", trace.hex());
        span("INTERNAL", "workflow", "refund", duration(50_000_000), "ok", run, List.of());
      }
      case 70 -> {
        Map<String, Object> node =
            Map.of(
                "gen_ai.workflow.name",
                "refund",
                "engram.workflow.run.id",
                trace.hex(),
                "engram.workflow.node.name",
                "check");
        span("INTERNAL", "node", "check", duration(5_000_000), "ok", node, List.of());
      }
      default -> {
        // Most requests have nothing else.
      }
    }
  }

  private void reading(String name, String unit, double value) {
    rows.add(
        new MeasurementRow(position++, time, name, unit, value, Map.of("jvm.memory.type", "heap")));
  }

  private void span(
      String kind,
      String category,
      String name,
      long duration,
      String status,
      Map<String, Object> attributes,
      List<PayloadReference> payloads) {
    rows.add(
        new SpanRow(
            instance,
            position++,
            trace,
            random.nextLong(),
            request,
            kind,
            category,
            name,
            time + random.nextInt(1_000_000),
            duration,
            status,
            null,
            attributes,
            payloads,
            false));
  }

  private static PayloadReference payload(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new PayloadReference(name, "text/plain", bytes.length, false, 0, bytes);
  }

  private String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("word").append((int) Math.abs(random.nextGaussian() * 5_000)).append(' ');
    }
    return text.toString();
  }

  /** Around this, with a long tail. */
  private long duration(long usual) {
    return (long) (usual * Math.exp(random.nextGaussian() * 0.8));
  }
}
