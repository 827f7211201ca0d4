package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code engram sql}, as a table and as JSON. */
class SqlCommandTest {
  @TempDir private static Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void piped_isOnOneLine() {
    assertThat(run("sql")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "  TOTAL  SHARE  COUNT  ERRORS     MEAN      P95      MAX  SLOWEST           SERVICE "
                + " STATEMENT",
            "25.0 ms   100%      1          25.0 ms  25.0 ms  25.0 ms  0000000000000011  shop    "
                + " insert into orders values (?)");
  }

  @Test
  void json_hasOpenTelemetryAttributes() {
    run("sql", "--json");

    assertThat(terminal.out())
        .startsWith("{\"service\":\"shop\",\"count\":1,\"errors\":0,\"total_ns\":25000000,")
        .endsWith(
            "\"attributes\":{\"db.query.text\":\"insert into orders\\n  values (?)\","
                + "\"db.system.name\":\"h2\"}}\n");
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
