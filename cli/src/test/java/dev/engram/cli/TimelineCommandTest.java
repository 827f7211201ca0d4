package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineCommandTest {

  @TempDir private static Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void aroundARequest_everythingIsInOrder() {
    assertThat(run("timeline", "0000000000000010")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "TIME                     KIND       DURATION  STATUS  SERVICE  ID                                    WHAT",
            "2026-01-01 00:00:00.000  deploy                       shop     11111111-2222-3333-4444-555555555555  version 1.0",
            "2026-01-01 00:00:00.005  request      100 ms  error   shop     0000000000000010                      POST /orders",
            "2026-01-01 00:00:00.090  error                        shop     E-abcdef012345                        com.acme.NoBox: no \\u001b[31mbox at all",
            "2026-01-01 00:00:00.500  request     12.3 ms  -       shop     0000000000000020                      GET /products/\\u001b]0;owned\\u0007",
            "2026-01-01 00:00:01.000  lifecycle                    shop     11111111-2222-3333-4444-555555555555  gone: ended");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void json_isOneObjectALine() {
    run("timeline", "E-abcdef012345", "--window", "0s", "--json");

    assertThat(terminal.out())
        .isEqualTo(
            "{\"time\":\"2026-01-01T00:00:00.090000000Z\",\"kind\":\"error\",\"service\":\"shop\","
                + "\"id\":\"E-abcdef012345\","
                + "\"text\":\"com.acme.NoBox: no \\u001B[31mbox\\nat all\"}\n");
  }

  @Test
  void limit_isSaid() {
    run("timeline", "11111111-2222", "--limit", "1");

    assertThat(terminal.out().lines()).hasSize(2).anyMatch(line -> line.endsWith("gone: ended"));
    assertThat(terminal.err()).startsWith("engram: there is more: these are the 1 nearest to it");
  }

  @Test
  void unknownOrAmbiguousId_andWrongWindow_areSaid() {
    assertThat(run("timeline", "ffff")).isEqualTo(1);
    assertThat(terminal.err()).startsWith("engram: nothing with the id ffff");

    terminal = CapturedTerminal.piped();
    assertThat(run("timeline", "nonsense")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("engram: nonsense is no id");

    terminal = CapturedTerminal.piped();
    assertThat(run("timeline", "00000000000000")).isEqualTo(2);
    assertThat(terminal.err()).contains("begins several ids");

    terminal = CapturedTerminal.piped();
    assertThat(run("timeline", "0000000000000010", "--window", "soon")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("engram: --window takes a time such as 30s");
    assertThat(run("timeline", "0000000000000010", "--window", "2W")).isZero();
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
