package dev.engram.agent.record;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records of every kind, by the name of their golden file. */
final class SampleRecords {
  static final long YEAR_2262 = Long.MAX_VALUE;
  static final String HOSTILE =
      "NUL \0, surrogate \uD83D\uDE00, <script>alert(1)</script>, '; DROP TABLE span; --, \u202E\n";

  private SampleRecords() {}

  static Map<String, DecodedRecord> all() {
    Map<String, DecodedRecord> records = new LinkedHashMap<>();
    records.put("begun", begun());
    records.put("ended", new EndedRecord(1_700_000_000_000_000_001L, 7, -5, SpanStatus.ERROR));
    records.put("span", span());
    records.put("span-bare", bareSpan());
    records.put("exception", exception());
    records.put("payload", payload());
    records.put(
        "lifecycle",
        new LifecycleRecord(0, "start", attributes("service.version", "1.2", "pid", 17L)));
    records.put(
        "measurement",
        new MeasurementRecord(
            5, "jvm.memory.used", "By", -0.0, attributes("jvm.memory.type", "heap")));
    records.put("decision", decision());
    records.put(
        "feedback", new FeedbackRecord(6, "span", "00f067aa0ba902b7", "good", 0, "ada", HOSTILE));
    records.put("feedback-bare", new FeedbackRecord(6, "key", "", null, Double.NaN, null, null));
    records.put(
        "remedy-attempt",
        new RemedyAttemptRecord(7, -1, -2, -3, "retry-1", "treated", -4, 2, "resolved", 55_000));
    records.put("throw-count", throwCount());
    records.put(
        "outcome",
        new OutcomeRecord(8, "key", "order_id", "4711", "partial", 12.5, "ada", HOSTILE));
    records.put(
        "outcome-bare",
        new OutcomeRecord(
            8, "decision", "", "00f067aa0ba902b7", "success", Double.NaN, null, null));
    return records;
  }

  private static BegunRecord begun() {
    return new BegunRecord(
        YEAR_2262,
        Long.MIN_VALUE,
        -1,
        1,
        2,
        SpanKind.SERVER,
        Category.HTTP,
        "GET /orders",
        attributes("http.request.method", "GET", "url.path", "/orders"));
  }

  private static SpanRecord span() {
    return new SpanRecord(
        1_700_000_000_123_456_789L,
        0x4bf92f3577b34da6L,
        0xa3ce929d0e0e4736L,
        0x00f067aa0ba902b7L,
        9,
        SpanKind.CLIENT,
        Category.AI,
        true,
        HOSTILE,
        -1,
        SpanStatus.ERROR,
        "",
        attributes(
            "http.response.status_code",
            0L,
            "engram.custom",
            HOSTILE,
            "negative",
            Long.MIN_VALUE,
            "ratio",
            0.25,
            "yes",
            true,
            "no",
            false),
        List.of(
            new Payload("input", "text/plain", 3, false, 0, "abc".getBytes(StandardCharsets.UTF_8)),
            new Payload("output", null, 5_000_000_000L, true, -9, null)),
        3);
  }

  private static SpanRecord bareSpan() {
    return new SpanRecord(
        0,
        0,
        0,
        0,
        0,
        SpanKind.INTERNAL,
        Category.METHOD,
        false,
        "",
        0,
        SpanStatus.UNSET,
        null,
        Map.of(),
        List.of(),
        0);
  }

  private static ExceptionRecord exception() {
    ThrowableShape root =
        new ThrowableShape("java.sql.SQLException", HOSTILE, 77, List.of(), 0, null, List.of());
    ThrowableShape suppressed =
        new ThrowableShape("java.io.IOException", null, 0, List.of(), 0, null, List.of());
    ThrowableShape thrown =
        new ThrowableShape(
            "com.acme.OrderFailed",
            "",
            -1,
            List.of(
                new StackFrame("com.acme.Orders", "place", "Orders.java", 42),
                new StackFrame("com.acme.Orders", "lambda$place$0", null, -1),
                new StackFrame("java.lang.Object", "wait", "Object.java", -2),
                new StackFrame("", "", "", 0)),
            12,
            root,
            List.of(suppressed, root));
    return new ExceptionRecord(
        1, 2, 3, 4, ExceptionOrigin.HANDLED, "worker-1", "com.acme.Orders#place", thrown);
  }

  private static ThrowCountRecord throwCount() {
    ThrowableShape thrown =
        new ThrowableShape(
            "java.lang.NumberFormatException",
            null,
            -3,
            List.of(new StackFrame("com.acme.Parser", "parse", "Parser.java", 88)),
            4,
            null,
            List.of());
    return new ThrowCountRecord(
        1,
        10_000_000_000L,
        "com.acme.Parser.parse(Parser.java:88)",
        12_000,
        11_500,
        12_600,
        thrown);
  }

  private static PayloadRecord payload() {
    return new PayloadRecord(1, 2, 3, 4, 5, new byte[] {0, -1, 1});
  }

  private static DecisionRecord decision() {
    return new DecisionRecord(
        1,
        2,
        3,
        4,
        5,
        "route",
        List.of("cheap", "", HOSTILE),
        "cheap",
        0.75,
        "stated",
        List.of("because", "it is enough"),
        attributes("gen_ai.request.model", "m"));
  }

  private static Map<String, Object> attributes(Object... namesAndValues) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return attributes;
  }
}
