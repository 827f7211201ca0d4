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
