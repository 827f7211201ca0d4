package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.cli.render.Style;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code engram requests}: as a table, on a terminal, as JSON, narrowed, empty. */
class RequestsCommandTest {
  @TempDir private static Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void piped_isAlignedAndHarmless() {
    assertThat(run("requests")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "START                    DURATION  STATUS  CODE  ERRORS  SERVICE  ID               "
                + " REQUEST",
            "2026-01-01 00:00:00.500   12.3 ms  -        200          shop     0000000000000020 "
                + " GET /products/\\u001b]0;owned\\u0007",
            "2026-01-01 00:00:00.005    100 ms  error    500       1  shop     0000000000000010 "
                + " POST /orders");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void narrowColouredTerminal_cutsAndPaints() {
    terminal = CapturedTerminal.interactive(Style.COLOUR, 100);

    run("requests", "--status", "error");

    assertThat(terminal.out()).contains("\u001b[31merror\u001b[0m").contains("POST /orders");
    terminal = CapturedTerminal.interactive(Style.PLAIN, 100);
    run("requests");
    assertThat(terminal.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void json_isOneObjectALine() {
    run("requests", "--json", "--limit", "1");

    assertThat(terminal.out())
        .isEqualTo(
            "{\"trace_id\":\"bbbbbbbbbbbbbbbb0000000000000002\",\"span_id\":\"0000000000000020\","
                + "\"service\":\"shop\",\"instance\":\"11111111-2222-3333-4444-555555555555\","
                + "\"kind\":\"SERVER\",\"category\":\"http\",\"name\":\"GET"
                + " /products/\\u001B]0;owned\\u0007\",\"start\":\"2026-01-01T00:00:00.500000007Z\",\"duration_ns\":12345678,\"status\":\"unset\",\"exceptions\":0,\"attributes\":{\"cached\":true,\"http.response.status_code\":200,\"ratio\":0.5}}\n");
  }

  @Test
  void filters_narrow() {
    run("requests", "--json", "--status", "ERROR");
    assertThat(terminal.out().lines()).hasSize(1).allMatch(line -> line.contains("POST /orders"));

    terminal = CapturedTerminal.piped();
    run("requests", "--json", "--since", "2026-01-01T00:00:00.3Z");
    assertThat(terminal.out().lines()).hasSize(1).allMatch(line -> line.contains("GET /products"));

    terminal = CapturedTerminal.piped();
    run("requests", "--json", "--until", "2026-01-01T00:00:00.5Z");
    assertThat(terminal.out().lines()).hasSize(1).allMatch(line -> line.contains("POST /orders"));
  }

  @Test
  void nothingFound_saysWhyOnStandardErrorAndIsNoFailure() {
    assertThat(run("requests", "--since", "10s")).isZero();
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .isEqualTo("engram: no requests match; try a longer --since, or without --service\n");
  }

  @Test
  void unknownService_namesTheNearest() {
    assertThat(run("requests", "--service", "shp")).isZero();
    assertThat(terminal.err()).isEqualTo("engram: no service shp; did you mean shop?\n");
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
