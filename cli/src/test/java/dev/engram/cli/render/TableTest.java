package dev.engram.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void print_piped_alignsAndKeepsEverything() {
    CapturedTerminal captured = CapturedTerminal.piped();

    table("x".repeat(60)).print(captured.terminal());

    assertThat(captured.out().lines())
        .containsExactly(
            "COUNT  NAME    TEXT", "    7  tea     " + "x".repeat(60), "1,234  coffee  b");
  }

  @Test
  void print_narrowTerminal_cutsTheFlexibleColumn() {
    CapturedTerminal captured = CapturedTerminal.interactive(Style.PLAIN, 40);

    table("x".repeat(60)).print(captured.terminal());

    assertThat(captured.out().lines())
        .containsExactly(
            "COUNT  NAME    TEXT", "    7  tea     " + "x".repeat(24) + "…", "1,234  coffee  b");
  }

  @Test
  void print_tooManyColumns_goOnInAFurtherLine() {
    CapturedTerminal captured = CapturedTerminal.interactive(Style.PLAIN, 40);

    new Table()
        .column("START", Layout.LEFT)
        .column("COUNT", Layout.RIGHT)
        .column("NAME", Layout.LEFT)
        .column("TEXT", Layout.FLEXIBLE)
        .row(Cell.of("2026-01-01 00:00:00.005"), Cell.of("7"), Cell.of("tea"), Cell.of("x"))
        .row(Cell.of("-"), Cell.of("1,234"), Cell.of("c".repeat(50)), Cell.of("b".repeat(60)))
        .print(captured.terminal());

    assertThat(captured.out().lines())
        .containsExactly(
            "START                    COUNT",
            "    NAME",
            "    TEXT",
            "2026-01-01 00:00:00.005      7",
            "    tea",
            "    x",
            "-                        1,234",
            "    " + "c".repeat(35) + "…",
            "    " + "b".repeat(35) + "…");
  }

  @Test
  void print_wideCharacters_countTwoCells() {
    CapturedTerminal captured = CapturedTerminal.piped();
    Table table = new Table().column("A", Layout.LEFT).column("B", Layout.LEFT);
    table.row(Cell.of("日本"), Cell.of("1"));
    table.row(Cell.of("abcd"), Cell.of("2"));

    table.print(captured.terminal());

    assertThat(captured.out().lines()).containsExactly("A     B", "日本  1", "abcd  2");
  }

  @Test
  void print_hostileText_staysOnItsLineAndUncoloured() {
    CapturedTerminal captured = CapturedTerminal.piped();

    table("a\n\u001b[2J").print(captured.terminal());

    assertThat(captured.out()).contains("a\\n\\u001b[2J").doesNotContain("\u001b");
    assertThat(captured.out().lines()).hasSize(3);
  }

  @Test
  void print_coloured_paintsOutsideThePadding() {
    CapturedTerminal captured = CapturedTerminal.interactive(Style.COLOUR, 80);
    Table table = new Table().column("A", Layout.RIGHT).column("B", Layout.LEFT);
    table.row(Cell.of("1", Style.COLOUR::red), Cell.of("x"));
    table.row(Cell.of("22"), Cell.of("y"));

    table.print(captured.terminal());

    assertThat(captured.out()).contains(" \u001b[31m1\u001b[0m  x");
  }

  private static Table table(String text) {
    return new Table()
        .column("COUNT", Layout.RIGHT)
        .column("NAME", Layout.LEFT)
        .column("TEXT", Layout.FLEXIBLE)
        .row(Cell.of("7"), Cell.of("tea"), Cell.of(text))
        .row(Cell.of("1,234"), Cell.of("coffee"), Cell.of("b"));
  }
}
