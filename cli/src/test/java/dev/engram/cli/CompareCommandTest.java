package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T01:00:00Z"), ZoneOffset.UTC);
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000L;

  @TempDir private static Path home;
  @TempDir private static Path emptyHome;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  /**
   * The later of two versions overlaps the earlier one; it is slower, and fails. What people tell
   * has no version, and nobody has to say that it is not meant.
   */
  @BeforeAll
  static void remember() {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      write(store, 1, "1.4", 0, 10);
      write(store, 2, "1.5", 50, 20);
      store.writer().putInstance(new Instance(id(9), "engram", "", 1, 0, Map.of()));
      ProducerCounts shed = new ProducerCounts(200, 193, Map.of("ring_full", 7L), 0, 0, 0, 0);
      long begin = SampleMemory.MIDNIGHT + 60 * SECOND;
      store.writer().putCounters(id(2), shed, new Period(begin, begin + SECOND));
    }
  }

  private static void write(SqliteStore store, int number, String version, int from, int millis) {
    InstanceId id = id(number);
    long begin = SampleMemory.MIDNIGHT + from * SECOND;
    store.writer().putInstance(new Instance(id, "shop", version, begin, 0, Map.of()));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(request(id, rows.size() + 1, begin + i * SECOND, millis + i % 3));
    }
    if (number == 2) {
      rows.add(error(id, rows.size() + 1, begin + 5 * SECOND));
    }
    Checkpoint end = new Checkpoint(rows.size(), rows.size(), 0);
    store.writer().write(new Batch(id, rows, end, rows.size(), 0, 0, Map.of()));
  }

  private static InstanceId id(int number) {
    return new InstanceId(new UUID(7, number));
  }

  private static SpanRow request(InstanceId id, int position, long start, long millis) {
    return new SpanRow(
        id,
        position,
        new TraceId(id.uuid().getLeastSignificantBits(), position),
        id.uuid().getLeastSignificantBits() * 1_000 + position,
        0,
        "SERVER",
        "http",
        "GET /cart",
        start,
        millis * MILLISECOND,
        "unset",
        null,
        Map.of("http.route", position % 2 == 0 ? "/cart" : "/carts"),
        List.of(),
        false);
  }

  private static ExceptionRow error(InstanceId id, int position, long time) {
    String hostile = "no \u001b[31mbox";
    ThrownStack stack = new ThrownStack("a.B", hostile, 0, List.of(), 0, null, List.of());
    return new ExceptionRow(
        id,
        position,
        time,
        new TraceId(2, 6),
        2_006,
        "escaped",
        "main",
        null,
        "a.B",
        hostile,
        0xabcdef0123456789L,
        stack);
  }

  @Test
  void latestTwoVersions_areCompared_harmlessly() {
    assertThat(run("compare")).isZero();

    List<String> lines = terminal.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("CHANGE").contains("BEFORE", "AFTER", "TIMES (BETWEEN)");
    assertThat(lines.get(1))
        .startsWith("error new")
        .contains("0, 0.0% (0.0%-3.7%)", "1, 1.0% (0.0%-5.6%)", "E-abcdef012345 a.B: no \\u001b");
    assertThat(lines.get(2))
        .startsWith("route slower")
        .contains("11.0 ms", "21.0 ms", "1.91 (", "shop", "GET /cart");
    assertThat(terminal.err())
        .contains(
            "engram: compared version 1.4 (100 requests) with version 1.5 (100 requests); routes"
                + " and statements with enough executions in both: 1\n")
        .contains("engram: incomplete: 7 shed (ring_full)");
  }

  @Test
  void json_hasBothSidesAndTheInterval() {
    assertThat(run("compare", "--versions", "1.5,1.4", "--json")).isZero();

    assertThat(terminal.out())
        .startsWith("{\"change\":\"route_faster\",\"service\":\"shop\",\"subject\":\"GET /cart\"")
        .contains("\"before\":{\"count\":100,\"requests\":100,\"median_ns\":21000000}")
        .contains("\"after\":{\"count\":100,\"requests\":100,\"median_ns\":11000000}")
        .contains("\"ratio\":0.52", "\"ratio_low\":0.", "\"ratio_high\":0.");
    // One error may be chance: it is not gone.
    assertThat(terminal.out().lines()).hasSize(1);
  }

  @Test
  void times_areCompared() {
    String middle = "2026-01-01T00:01:50Z";

    assertThat(run("compare", "--before", ".." + middle, "--after", middle + "..", "--json"))
        .isZero();
    assertThat(terminal.err()).contains("compared before (160 requests) with after (40 requests)");
    assertThat(terminal.out()).contains("\"change\":\"route_slower\"");
  }

  @Test
  void filters_narrowBothSides() {
    assertThat(run("compare", "--route", "/cart", "--exit-status")).isZero();
    assertThat(terminal.err()).contains("version 1.4 (50 requests) with version 1.5 (50 requests)");

    terminal = CapturedTerminal.piped();
    assertThat(run("compare", "--where", "name=nothing", "--exit-status")).isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains("nothing changed beyond noise: version 1.4 (0 requests)");
  }

  @Test
  void whatCannotBeCompared_isSaid() {
    assertSays("no version 1.6 of shop; did you mean 1.", 1, "--versions", "1.5,1.6");
    assertSays("no service shoop; did you mean shop?", 1, "--service", "shoop");
    assertSays("--versions takes two versions", 2, "--versions", "1.5");
    assertSays("--before and --after go together", 2, "--before", "..2h");
    assertSays("not both", 2, "--before", "..2h", "--after", "2h..", "--versions", "1,2");
    assertSays("--after takes times as FROM..TO", 2, "--before", "..2h", "--after", "2h");
    assertSays("--before takes times as FROM..TO", 2, "--before", "1h..2h", "--after", "1h..");
    assertSays("leave out --since", 2, "--before", "..2h", "--after", "2h..", "--since", "1d");

    terminal = CapturedTerminal.piped();
    assertThat(execute("compare", "--home", emptyHome.toString())).isZero();
    assertThat(terminal.err()).contains("nothing is remembered yet");
  }

  private void assertSays(String line, int exitCode, String... arguments) {
    terminal = CapturedTerminal.piped();
    List<String> all = new ArrayList<>(List.of("compare"));
    all.addAll(List.of(arguments));
    assertThat(run(all.toArray(String[]::new))).isEqualTo(exitCode);
    assertThat(terminal.err()).contains(line);
    assertThat(terminal.out()).isEmpty();
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, CLOCK, arguments);
  }

  private int execute(String... words) {
    return RunCommands.execute(terminal, CLOCK, words);
  }
}
