package dev.engram.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void style_terminal_isColoured() {
    assertThat(Terminal.style(Map.of("TERM", "xterm"), true)).isEqualTo(Style.COLOUR);
  }

  @Test
  void style_piped_isPlain() {
    assertThat(Terminal.style(Map.of("TERM", "xterm"), false)).isEqualTo(Style.PLAIN);
  }

  @Test
  void style_dumbTerminal_isPlain() {
    assertThat(Terminal.style(Map.of("TERM", "dumb"), true)).isEqualTo(Style.PLAIN);
  }

  @Test
  void style_noColor_winsOverForce() {
    assertThat(Terminal.style(Map.of("NO_COLOR", "1", "CLICOLOR_FORCE", "1"), true))
        .isEqualTo(Style.PLAIN);
  }

  @Test
  void style_force_coloursAPipe() {
    assertThat(Terminal.style(Map.of("CLICOLOR_FORCE", "1"), false)).isEqualTo(Style.COLOUR);
    assertThat(Terminal.style(Map.of("CLICOLOR_FORCE", "0"), false)).isEqualTo(Style.PLAIN);
  }
}
