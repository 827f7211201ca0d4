package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.cli.render.Style;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {

  @TempDir private static Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void error_isFoundByWordsOfItsCause_harmlessly() {
    assertThat(run("search", "PIPE", "all")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "2026-01-01 00:00:00.090  errors  shop  E-abcdef012345  com.acme.NoBox",
            "    com.acme.NoBox no \\u001b[31mbox at all java.io.IOException pipe");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void colouredTerminal_paintsTheWords() {
    terminal = CapturedTerminal.interactive(Style.COLOUR, 100);

    run("search", "pipe");

    assertThat(terminal.out()).contains("java.io.IOException \u001b[33mpipe\u001b[0m\n");
  }

  @Test
  void body_isFoundWhereItIsAskedFor() {
    assertThat(run("search", "quantity")).isZero();
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .isEqualTo(
            "engram: bodies are searched with --in bodies\n"
                + "engram: no texts with these words among what is remembered of shop\n");

    terminal = CapturedTerminal.piped();
    run("search", "--in", "errors,bodies", "quantity");
    assertThat(terminal.out().lines())
        .containsExactly(
            "2026-01-01 00:00:00.005  bodies  shop  0000000000000010  POST /orders",
            "    {\"quantity\":13}");
  }

  @Test
  void json_isOneObjectALine() {
    run("search", "--json", "pipe");

    assertThat(terminal.out())
        .isEqualTo(
            "{\"in\":\"errors\",\"id\":\"E-abcdef012345\",\"time\":\"2026-01-01T00:00:00.090000000Z\","
                + "\"service\":\"shop\",\"instance\":\"11111111-2222-3333-4444-555555555555\","
                + "\"trace_id\":\"aaaaaaaaaaaaaaaa0000000000000001\",\"span_id\":\"0000000000000010\","
                + "\"name\":\"com.acme.NoBox\","
                + "\"snippet\":\"com.acme.NoBox no \\u001B[31mbox at all java.io.IOException pipe\","
                + "\"matches\":[[54,58]]}\n");
  }

  @Test
  void filters_narrow() {
    run("search", "pipe", "--since", "2026-01-01T00:00:00.1Z");
    assertThat(terminal.out()).isEmpty();

    terminal = CapturedTerminal.piped();
    run("search", "pipe", "--where", "exception.type=com.acme.NoBox");
    assertThat(terminal.out()).hasLineCount(2);

    terminal = CapturedTerminal.piped();
    run("search", "pipe", "--where", "exception.type=com.acme.Other");
    assertThat(terminal.out()).isEmpty();

    terminal = CapturedTerminal.piped();
    run("search", "pipe", "--service", "shp");
    assertThat(terminal.err()).contains("no service shp; did you mean shop?");
  }

  @Test
  void nothingToSearchFor_orNoSuchPlace_isWrongUsage() {
    assertThat(run("search", "\"*\"")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("engram: TEXT takes letters or digits");

    terminal = CapturedTerminal.piped();
    assertThat(run("search", "--in", "bodes", "pipe")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("engram: --in cannot be bodes; did you mean bodies?");
  }

  @Test
  void tooManyWords_areCut_andItSaysSo() {
    assertThat(run("search", "pipe ".repeat(1 << 18))).isZero();

    assertThat(terminal.err()).isEqualTo("engram: only the first words count, 32 at most\n");
    assertThat(terminal.out().lines()).hasSize(2);
  }

  @Test
  void emptyHome_isSaidInOneLine(@TempDir Path empty) {
    assertThat(RunCommands.in(empty, terminal, SampleMemory.CLOCK, "search", "box")).isZero();
    assertThat(terminal.err()).startsWith("engram: nothing is remembered yet").hasLineCount(1);
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
