package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code engram errors show} says of the requests that an error hit. */
class ErrorRequestsTest {
  @TempDir private Path home;

  private final CapturedTerminal terminal = CapturedTerminal.piped();

  /** Three orders by two users, of 10, 20 and 90 ms, and the one of the sample, of 100 ms. */
  @BeforeEach
  void remember() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(order(100, 10, "ada"));
    rows.addAll(order(200, 90, "ada"));
    rows.addAll(order(300, 20, "bob"));
    rows.add(request(400, 5, "GET /stock", "bob"));
    rows.add(boom(402, 400));
    rows.add(thrown(500, 500, 0x0a10000000000001L, "x.Y"));
    rows.add(thrown(501, 501, 0x0a20000000000001L, "z.Other"));
    rows.add(thrown(502, 502, 0x0a30000000000001L, "x.Y"));
    SampleMemory.in(home, rows);
  }

  @Test
  void requests_areSummedUp_andATypicalOneIsShown() {
    assertThat(run("errors", "show", "E-abc")).isZero();

    assertThat(terminal.out())
        .contains(
            """
            the newest 5 requests it hit, of 2 users
               4  POST /orders
               1  GET /stock

            a typical one: POST /orders, 90.0 ms (engram show 00000000000000c8)
              slowest SQL  9.00 ms  insert into orders values (?)
              model        7.00 ms  big\\u001b[2J, 1,234 tokens in, 56 out (engram ai show 00000000000000cb)

            requests it hit, newest first
            """);
  }

  @Test
  void groupsMostLikeIt_areNamed_itselfAndWhatIsUnlikeAreNot() {
    run("errors", "show", "E-0a1");
    assertThat(terminal.out())
        .contains(
            "most like it, from 0 to 1 (engram similar E-…)\n  1.00  E-0a3000000000  x.Y: m\n")
        .doesNotContain("E-0a2")
        .doesNotContain("  E-0a1");
    run("errors", "show", "E-0a2");
    assertThat(terminal.out().split("most like it")).hasSize(2);
    run("errors", "show", "E-0a1", "--json");
    assertThat(terminal.out()).contains("\"alike\":[{\"score\":1.0,\"id\":\"E-0a3000000000\"}]");
  }

  @Test
  void mergedGroups_areOneThatIsAlike() throws IOException {
    run("errors", "merge", "E-0a1", "E-0a3");
    Path trace = Files.writeString(home.resolve("t"), "x.Y: m\n\tat x.Y.run(A.java:1)");
    run("similar", trace.toString(), "--json");

    assertThat(terminal.out())
        .contains("\"id\":\"E-0a1000000000\",\"type\":\"x.Y\",\"message\":\"m\",\"count\":2,")
        .contains("\"trend\":[2,0,0,0,0,0,0,0,0,0,0,0]")
        .doesNotContain("\"id\":\"E-0a3");
  }

  @Test
  void json_hasTheSame() {
    run("errors", "show", "E-abc", "--json");

    assertThat(terminal.out())
        .contains(
            "\"users\":2,\"routes\":[{\"name\":\"POST /orders\",\"requests\":4},"
                + "{\"name\":\"GET /stock\",\"requests\":1}],\"typical_request\":{",
            "\"typical_statement\":{",
            "\"typical_ai_calls\":[{",
            "\"requests\":[{");
  }

  private static List<Row> order(long id, long millis, String user) {
    return List.of(
        request(id, millis, "POST /orders", user),
        child(id + 1, id, "sql", 3, Map.of("db.query.text", "select 1")),
        child(id + 2, id, "sql", 9, Map.of("db.query.text", "insert into orders\n  values (?)")),
        child(
            id + 3,
            id,
            "ai",
            7,
            Map.of(
                "gen_ai.request.model",
                "big\u001b[2J",
                "gen_ai.usage.input_tokens",
                1_234L,
                "gen_ai.usage.output_tokens",
                56L)),
        boom(id + 4, id));
  }

  private static Row request(long id, long millis, String name, String user) {
    return span(id, id, 0, "SERVER", "http", name, millis, Map.of("user.id", user));
  }

  private static Row child(
      long id, long parent, String category, long millis, Map<String, Object> attributes) {
    return span(id, parent, parent, "CLIENT", category, category, millis, attributes);
  }

  private static Row span(
      long id,
      long trace,
      long parent,
      String kind,
      String category,
      String name,
      long millis,
      Map<String, Object> attributes) {
    return new SpanRow(
        SampleMemory.INSTANCE,
        id,
        new TraceId(9, trace),
        id,
        parent,
        kind,
        category,
        name,
        SampleMemory.MIDNIGHT + id,
        TimeUnit.MILLISECONDS.toNanos(millis),
        kind.equals("SERVER") ? "error" : "unset",
        null,
        attributes,
        List.of(),
        false);
  }

  private static Row boom(long position, long trace) {
    return thrown(position, trace, SampleMemory.BOOM, "x.Y");
  }

  private static Row thrown(long position, long trace, long fingerprint, String type) {
    List<String> frames = List.of(type + ".run(A.java:1)");
    ThrownStack stack = new ThrownStack(type, "m", position, frames, 0, null, List.of());
    return new ExceptionRow(
        SampleMemory.INSTANCE,
        position,
        SampleMemory.MIDNIGHT + position,
        new TraceId(9, trace),
        trace,
        "escaped",
        "main",
        null,
        type,
        "m",
        fingerprint,
        stack);
  }

  private int run(String... words) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, words);
  }
}
