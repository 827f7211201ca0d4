package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.cli.render.Style;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagerTest {
  @TempDir private Path folder;

  @Test
  void longAnswer_goesThroughThePager_andWhatIsSaidFollows() {
    CapturedTerminal terminal = CapturedTerminal.interactive(Style.PLAIN, 80);
    Path read = folder.resolve("read");
    try (Pager pager =
        Pager.of(terminal.terminal(), Map.of("PAGER", "cat > " + read), "show", "1")) {
      pager.terminal().out().println("the answer");
      pager.terminal().err().println("engram: incomplete");
      assertThat(pager.terminal().interactive()).isTrue();
      assertThat(terminal.err()).isEmpty();
    }

    assertThat(read).hasContent("the answer\n");
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).isEqualTo("engram: incomplete\n");
  }

  @Test
  void readerWhoLeavesEarly_endsTheAnswer() {
    CapturedTerminal terminal = CapturedTerminal.interactive(Style.PLAIN, 80);
    try (Pager pager = Pager.of(terminal.terminal(), Map.of("PAGER", "true"), "ai", "show", "1")) {
      long lines = 0;
      while (!pager.terminal().isClosed() && lines < 1_000_000) {
        pager.terminal().out().println("a line");
        lines++;
      }
      assertThat(lines).isLessThan(1_000_000);
    }
  }

  /** Its options come first, so that a person's own count where they contradict. */
  @Test
  void optionsOfAPerson_areAddedToOurs() {
    CapturedTerminal terminal = CapturedTerminal.interactive(Style.PLAIN, 80);
    Path read = folder.resolve("read");
    Map<String, String> environment =
        Map.of("PAGER", "printf '%s' \"$LESS\" > " + read, "LESS", "-i");
    try (Pager pager = Pager.of(terminal.terminal(), environment, "show", "1")) {
      pager.terminal().out().println("the answer");
    }

    assertThat(read).hasContent("FRX -i");
  }

  /** In a JVM of its own: a pager writes to its standard output. */
  @Test
  void answer_isShown_whereThereIsNoSuchPager() throws Exception {
    Path shown = folder.resolve("shown");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Answering.class.getName())
            .redirectOutput(shown.toFile())
            .redirectError(folder.resolve("said").toFile())
            .start();

    assertThat(process.waitFor()).isZero();
    assertThat(shown).hasContent("the answer\n");
    assertThat(folder.resolve("said")).content().contains("no-such-pager");
  }

  /** Asks for a long answer on an interactive terminal. */
  static final class Answering {
    public static void main(String... arguments) {
      CapturedTerminal terminal = CapturedTerminal.interactive(Style.PLAIN, 80);
      Map<String, String> environment = Map.of("PAGER", "no-such-pager -x");
      try (Pager pager = Pager.of(terminal.terminal(), environment, "show", "1")) {
        pager.terminal().out().println("the answer");
      }
    }
  }

  @Test
  void othersAndPipes_areNotPaged() {
    Map<String, String> environment = Map.of("PAGER", "exit 1");
    CapturedTerminal person = CapturedTerminal.interactive(Style.PLAIN, 80);
    CapturedTerminal pipe = CapturedTerminal.piped();

    assertThat(Pager.of(person.terminal(), environment, "requests").terminal())
        .isSameAs(person.terminal());
    assertThat(Pager.of(person.terminal(), environment, "forget", "--user", "show").terminal())
        .isSameAs(person.terminal());
    assertThat(Pager.of(person.terminal(), environment, "tail", "--service", "show").terminal())
        .isSameAs(person.terminal());
    assertThat(Pager.of(pipe.terminal(), environment, "show", "1").terminal())
        .isSameAs(pipe.terminal());
    assertThat(Pager.of(person.terminal(), Map.of("PAGER", "cat"), "show", "1").terminal())
        .isSameAs(person.terminal());
    assertThat(Pager.of(person.terminal(), Map.of("TERM", "dumb"), "show", "1").terminal())
        .isSameAs(person.terminal());
  }
}
