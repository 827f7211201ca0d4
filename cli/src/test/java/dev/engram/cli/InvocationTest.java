package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said to the person on standard error. */
class InvocationTest {
  private CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void say_capturedText_isOneHarmlessLine() {
    new Invocation(terminal.terminal(), SampleMemory.CLOCK, Map.of())
        .say("no host \u001b[2J\nengram: fine");

    assertThat(terminal.err()).isEqualTo("engram: no host \\u001b[2J\\nengram: fine\n");
  }
}
