package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code engram show}: a trace, an error group, and ids that are none. */
class ShowCommandTest {
  @TempDir private static Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void span_isATreeWithTimeBars() {
    assertThat(run("show", "0000000000000010")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "trace aaaaaaaaaaaaaaaa0000000000000001  2026-01-01 00:00:00.005  100 ms",
            "shop: POST /orders 500 error" + " ".repeat(60) + "100 ms  " + "█".repeat(24),
            "│   http.request.method = POST",
            "│   http.response.status_code = 500",
            "│   request.body (15 B) {\"quantity\":13}",
            "│   E-abcdef012345 escaped",
            "│     com.acme.NoBox: no \\u001b[31mbox\\nat all",
            "│         at com.acme.Orders.place(Orders.java:33)",
            "│         at java.util.Optional.map(Optional.java:260)",
            "│     caused by: java.io.IOException: pipe",
            "│         at a.B.c(B.java:1)",
            "│         ... 3 more",
            "└─ INSERT orders" + " ".repeat(71) + "25.0 ms  " + " ".repeat(12) + "█".repeat(6),
            "       insert into orders values (?)");
  }

  @Test
  void json_isOneSpanALineWithItsErrors() {
    run("show", "aaaaaaaaaaaaaaaa0000000000000001", "--json");

    List<String> lines = terminal.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("\"span_id\":\"0000000000000010\"")
        .contains("\"errors\":[{\"id\":\"E-abcdef012345\"")
        .contains("\"cause\":{\"type\":\"java.io.IOException\"")
        .contains("\"payloads\":[{\"name\":\"request.body\"");
    assertThat(lines.get(1)).contains("\"parent_span_id\":\"0000000000000010\"");
  }

  @Test
  void errorGroup_hasStackAndRequests() {
    assertThat(run("show", "E-abc")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "E-abcdef012345 com.acme.NoBox: no \\u001b[31mbox\\nat all",
            "",
            "count     1  █···········",
            "first     2026-01-01 00:00:00.090 in version 1.0",
            "last      2026-01-01 00:00:00.090 in version 1.0",
            "services  shop",
            "",
            "latest, escaped in http-1, com.acme.Orders#place",
            "  com.acme.NoBox: no \\u001b[31mbox\\nat all",
            "      at com.acme.Orders.place(Orders.java:33)",
            "      at java.util.Optional.map(Optional.java:260)",
            "  caused by: java.io.IOException: pipe",
            "      at a.B.c(B.java:1)",
            "      ... 3 more",
            "",
            "a typical one: POST /orders, 100 ms (engram show 0000000000000010)",
            "  slowest SQL  25.0 ms  insert into orders values (?)",
            "",
            "requests it hit, newest first",
            "START                    DURATION  STATUS  CODE  ERRORS  SERVICE  ID               "
                + " REQUEST",
            "2026-01-01 00:00:00.005    100 ms  error    500       1  shop     0000000000000010 "
                + " POST /orders");
  }

  @Test
  void ambiguousBeginning_listsTheIds() {
    assertThat(run("show", "0")).isEqualTo(2);
    assertThat(terminal.err())
        .startsWith("engram: 0 begins several ids: 0000000000000010, 0000000000000011,");
  }

  @Test
  void unknownId_isAFailure() {
    assertThat(run("show", "dddd")).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo("engram: nothing with the id dddd; see: engram requests, engram errors\n");
  }

  @Test
  void noId_isWrongUsage() {
    assertThat(run("show", "checkout")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("engram: checkout is no id;");
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
