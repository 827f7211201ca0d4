package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.cli.render.Style;
import dev.engram.cli.render.TopView;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopCommandTest {
  @TempDir private Path home;

  @Test
  void answer_hasTheRoutesAndErrorsOfTheWindow() {
    SampleMemory.in(home);
    CapturedTerminal terminal = CapturedTerminal.piped();

    assertThat(execute(terminal, 10, "top", "--window", "20")).isZero();

    assertThat(terminal.out().lines().findFirst().orElseThrow())
        .isEqualTo("2026-01-01 00:00:10.000  last 20 s: 0.1 requests/s, 50.0% failed");
    assertThat(terminal.out())
        .containsPattern("0\\.1 +100\\.0% +100 ms +100 ms +100 ms +shop +POST /orders\n")
        .containsPattern("GET /products/\\\\u001b]0;owned\\\\u0007\n")
        .containsPattern("1 +\\S{12} +E-abcdef012345 +com\\.acme\\.NoBox: no \\\\u001b");

    CapturedTerminal json = CapturedTerminal.piped();
    assertThat(execute(json, 10, "top", "--window", "20", "--json")).isZero();
    assertThat(json.out())
        .startsWith("{\"time\":\"2026-01-01T00:00:10.000000000Z\",\"window_s\":20,\"requests\":2,");
  }

  @Test
  void windowWithNothingInIt_saysSo_onATerminalToo() {
    CapturedTerminal terminal = CapturedTerminal.interactive(Style.PLAIN, 100);

    assertThat(execute(terminal, 3_600, "top", "--once")).isZero();

    assertThat(terminal.out()).endsWith("\nno requests\n\nno errors\n").doesNotContain("\u001b");
    assertThat(execute(terminal, 10, "top", "--window", "0")).isEqualTo(2);
  }

  @Test
  void terminal_isDrawnAnew_andNotOverflowed() throws Exception {
    SampleMemory.in(home, IntStream.range(0, 20).mapToObj(TopCommandTest::request).toList());
    CapturedTerminal terminal = CapturedTerminal.interactive(Style.PLAIN, 80, 14);

    Future<Integer> exitCode =
        CompletableFuture.supplyAsync(() -> execute(terminal, 10, "top", "--every", "1"));
    await().until(() -> terminal.out().split(Pattern.quote(TopView.CLEARED)).length > 3);
    terminal.leave();

    assertThat(exitCode.get()).isZero();
    assertThat(terminal.out()).startsWith(TopView.CLEARED);
    assertThat(terminal.out().split(Pattern.quote(TopView.CLEARED))[1])
        .contains("GET /route/", "com.acme.NoBox")
        .hasLineCount(13);
  }

  private static Row request(int number) {
    return new SpanRow(
        SampleMemory.INSTANCE,
        100 + number,
        new TraceId(7, number),
        100 + number,
        0,
        "SERVER",
        "http",
        "GET /route/" + number,
        SampleMemory.MIDNIGHT,
        1_000_000,
        "ok",
        null,
        Map.of(),
        List.of(),
        false);
  }

  private int execute(CapturedTerminal terminal, long seconds, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--home";
    all[arguments.length + 1] = home.toString();
    Instant now = Instant.ofEpochSecond(SampleMemory.MIDNIGHT / 1_000_000_000L + seconds);
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return RunCommands.execute(new Invocation(terminal.terminal(), clock, Map.of()), all);
  }
}
