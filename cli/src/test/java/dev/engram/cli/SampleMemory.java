package dev.engram.cli;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Two requests of a shop, one of them failed, as rows of a store. */
public final class SampleMemory {
  /** 2026-01-01T00:00:00Z. */
  public static final long MIDNIGHT = 1_767_225_600_000_000_000L;

  /** Theirs, of the service {@code shop}. */
  public static final InstanceId INSTANCE =
      new InstanceId(UUID.fromString("11111111-2222-3333-4444-555555555555"));

  /** The fingerprint of its only error. */
  static final long BOOM = 0xabcdef0123456789L;

  private static final long MILLISECOND = 1_000_000L;

  /** The request that its only error is in. */
  static final TraceId FAILED = new TraceId(0xaaaaaaaaaaaaaaaaL, 1);

  private static final TraceId FINE = new TraceId(0xbbbbbbbbbbbbbbbbL, 2);

  /** A minute later. */
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:01:00Z"), ZoneOffset.UTC);

  private SampleMemory() {}

  /** Lays them into an empty home. */
  public static void in(Path home) {
    in(home, more -> {});
  }

  /** The same, and more. */
  public static void in(Path home, Consumer<StoreWriter> more) {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      write(store.writer());
      more.accept(store.writer());
    }
  }

  /** The same, and more rows of their instance. */
  static void in(Path home, List<Row> more) {
    Checkpoint end = new Checkpoint(100_000, 100_000, 0);
    Batch batch = new Batch(INSTANCE, more, end, more.size(), 0, 0, Map.of());
    in(home, writer -> writer.write(batch));
  }

  /** Writes them, with books that hold. */
  public static void write(StoreWriter writer) {
    writer.putInstance(new Instance(INSTANCE, "shop", "1.0", MIDNIGHT, 0, Map.of()));
    List<Row> rows = List.of(order(), insert(), boom(), products());
    writer.write(new Batch(INSTANCE, rows, new Checkpoint(4, 4, 0), 4, 0, 0, Map.of()));
    writer.putCounters(
        INSTANCE,
        new ProducerCounts(4, 4, Map.of(), 0, 4, 0, 0),
        new Period(MIDNIGHT, MIDNIGHT + 1_000 * MILLISECOND));
    writer.closeInstance(INSTANCE, MIDNIGHT + 1_000 * MILLISECOND);
  }

  /** So many executions of one statement below the second request. */
  static List<Row> repeated(int times) {
    return IntStream.range(0, times).<Row>mapToObj(SampleMemory::item).toList();
  }

  /** A transaction of ten milliseconds, and a call of five while it is open. */
  static List<Row> callInTransaction() {
    Map<String, Object> peer = Map.of("server.address", "pay", "server.port", 8443L);
    Map<String, Object> open =
        Map.of("db.system.name", "h2", "engram.db.transaction.duration", 9 * MILLISECOND);
    return List.of(
        statement(10, 1, 1, "insert into orders"),
        client(11, "http", "POST", 3, 5, peer),
        client(12, "sql", "COMMIT", 9, 1, open));
  }

  /** What was constructed in ten seconds: the exception of the first request is among it. */
  static List<Row> constructed() {
    String parser = "com.acme.Parser.parse(Parser.java:88)";
    String orders = "com.acme.Orders.place(Orders.java:33)";
    String number = "java.lang.NumberFormatException";
    List<String> frames = List.of("java.lang.Integer.parseInt(Integer.java:652)", parser);
    return List.of(
        throwCount(20, number, null, 120, 0, 0, List.of()),
        throwCount(21, number, parser, 120, 20, 30, frames),
        throwCount(22, "com.acme.NoBox", null, 5, 0, 0, List.of()),
        throwCount(23, "com.acme.NoBox", orders, 5, 0, 0, List.of(orders)));
  }

  private static ThrowCountRow throwCount(
      int position,
      String type,
      @Nullable String site,
      long count,
      long below,
      long above,
      List<String> frames) {
    ThrownStack stack =
        new ThrownStack(type, null, frames.isEmpty() ? 0 : position, frames, 0, null, List.of());
    long period = 10_000 * MILLISECOND;
    return new ThrowCountRow(
        position, MIDNIGHT + period, period, site, count, count - below, count + above, stack);
  }

  private static SpanRow item(int number) {
    return statement(10 + number, 500 + number, 1, "select * from item");
  }

  private static SpanRow statement(int position, int start, int duration, String text) {
    Map<String, Object> attributes = Map.of("db.query.text", text, "db.system.name", "h2");
    return client(position, "sql", "SELECT item", start, duration, attributes);
  }

  /**
   * Below the span 0x20.
   *
   * @param start in milliseconds, as the duration
   */
  private static SpanRow client(
      int position,
      String category,
      String name,
      int start,
      int duration,
      Map<String, Object> attributes) {
    return new SpanRow(
        INSTANCE,
        position,
        FINE,
        0xf6 + position,
        0x20,
        "CLIENT",
        category,
        name,
        MIDNIGHT + start * MILLISECOND,
        duration * MILLISECOND,
        "unset",
        null,
        attributes,
        List.of(),
        false);
  }

  private static SpanRow order() {
    Map<String, Object> attributes =
        Map.of("http.response.status_code", 500L, "http.request.method", "POST");
    byte[] body = "{\"quantity\":13}".getBytes(StandardCharsets.UTF_8);
    PayloadReference payload =
        new PayloadReference("request.body", "application/json", body.length, false, 0, body);
    return new SpanRow(
        INSTANCE,
        1,
        FAILED,
        0x10,
        0,
        "SERVER",
        "http",
        "POST /orders",
        MIDNIGHT + 5 * MILLISECOND,
        100 * MILLISECOND,
        "error",
        null,
        attributes,
        List.of(payload),
        false);
  }

  private static SpanRow insert() {
    return new SpanRow(
        INSTANCE,
        2,
        FAILED,
        0x11,
        0x10,
        "CLIENT",
        "sql",
        "INSERT orders",
        MIDNIGHT + 55 * MILLISECOND,
        25 * MILLISECOND,
        "unset",
        null,
        Map.of("db.query.text", "insert into orders\n  values (?)", "db.system.name", "h2"),
        List.of(),
        false);
  }

  private static ExceptionRow boom() {
    ThrownStack cause =
        new ThrownStack(
            "java.io.IOException", "pipe", 2, List.of("a.B.c(B.java:1)"), 3, null, List.of());
    List<String> frames =
        List.of(
            "com.acme.Orders.place(Orders.java:33)", "java.util.Optional.map(Optional.java:260)");
    String hostile = "no \u001b[31mbox\nat all";
    ThrownStack stack = new ThrownStack("com.acme.NoBox", hostile, 1, frames, 0, cause, List.of());
    return new ExceptionRow(
        INSTANCE,
        3,
        MIDNIGHT + 90 * MILLISECOND,
        FAILED,
        0x10,
        "escaped",
        "http-1",
        "com.acme.Orders#place",
        "com.acme.NoBox",
        hostile,
        BOOM,
        stack);
  }

  private static SpanRow products() {
    return new SpanRow(
        INSTANCE,
        4,
        FINE,
        0x20,
        0,
        "SERVER",
        "http",
        "GET /products/\u001b]0;owned\u0007",
        MIDNIGHT + 500 * MILLISECOND + 7,
        12_345_678,
        "unset",
        null,
        Map.of("http.response.status_code", 200L, "cached", true, "ratio", 0.5),
        List.of(),
        false);
  }
}
