package dev.engram.agent.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentLogTest {
  private final PrintStream before = System.err;

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  @Test
  void line_hasThePrefix() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));

    AgentLog.line("free some space");

    assertThat(printed.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo("engram: free some space");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void streamThatThrows_isSurvived(Runnable failure) {
    boolean[] asked = new boolean[1];
    System.setErr(
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8) {
          @Override
          public void println(String text) {
            asked[0] = true;
            failure.run();
          }
        });

    AgentLog.line("free some space");

    assertThat(asked[0]).isTrue();
  }

  static List<Runnable> failures() {
    return List.of(
        () -> {
          throw new IllegalStateException("the application's logger is closed");
        },
        () -> {
          throw new AssertionError("nothing may be printed");
        });
  }
}
