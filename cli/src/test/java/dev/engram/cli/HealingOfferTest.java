package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of healing where nothing is done. */
class HealingOfferTest {
  private static final String LOAD = "retry method a.B#load";
  private static final String ASK = "retry method a.B#ask";
  private static final long START = SampleMemory.MIDNIGHT + 1_000_000_000L;

  @TempDir private Path home;
  private CapturedTerminal terminal = CapturedTerminal.piped();

  /** Of the five that failed one met nothing; one that met it succeeded. */
  @Test
  void observedRetries_areCountedAgainstTheRequestsThatFailed() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.addAll(request(100 + 10 * i, i < 4 ? "error" : "unset"));
    }
    remember(rows);
    String offer =
        "engram: of 5 requests that failed in the last 24 hours 4 would have been tried again;"
            + " to have that done: engram heal on\n";
    for (String[] words :
        List.of(new String[] {"remedies"}, new String[] {"heal"}, new String[] {"errors"})) {
      terminal = CapturedTerminal.piped();
      assertThat(run(words)).isZero();
      assertThat(terminal.err()).isEqualTo(offer);
    }
    terminal = CapturedTerminal.piped();
    run("heal", "on");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void nothingIsOffered_thatIsDoneAlready_orIsForAPerson() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rows.addAll(request(100 + 10 * i, "error"));
      rows.add(attempt(105 + 10 * i, 100 + 10 * i, 0, LOAD, "treated"));
      rows.add(attempt(106 + 10 * i, 100 + 10 * i, 0, ASK, "unclear"));
    }
    remember(rows);
    run("remedies");
    assertThat(terminal.err()).isEmpty();
  }

  /** A request, a method in it, and a failure in that about which nothing was done. */
  private static List<Row> request(long position, String status) {
    TraceId trace = trace(position);
    return List.of(
        span(position, trace, 0, "SERVER", status),
        span(position + 1, trace, position, "INTERNAL", "error"),
        attempt(position + 2, position, position + 1, LOAD, "observed"));
  }

  private static TraceId trace(long position) {
    return new TraceId(9, position);
  }

  private static Row span(long position, TraceId trace, long parent, String kind, String status) {
    return new SpanRow(
        SampleMemory.INSTANCE,
        position,
        trace,
        position,
        parent,
        kind,
        "method",
        "GET /prices",
        START,
        1,
        status,
        null,
        Map.of(),
        List.of(),
        false);
  }

  /** What is switched is known without the memory. */
  @Test
  void damagedMemory_keepsNobodyFromTheSwitch() throws IOException {
    SampleMemory.in(home);
    Files.writeString(SqliteStore.fileIn(home), "no database at all, whatever it was before");

    assertThat(run("heal")).isZero();
    assertThat(terminal.out()).startsWith("not switched");
    assertThat(terminal.err()).startsWith("engram: what could be healed is not known: ");
  }

  private static Row attempt(long position, long trace, long span, String action, String arm) {
    return new RemedyAttemptRow(
        position, START + position, trace(trace), span, action, arm, 0x1f0c0000, 1, "failed", 0);
  }

  private void remember(List<Row> rows) {
    SampleMemory.in(home, rows);
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
