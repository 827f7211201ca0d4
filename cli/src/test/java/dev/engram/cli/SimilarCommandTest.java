package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimilarCommandTest {

  @TempDir private static Path home;
  @TempDir private Path folder;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void traceOfALog_findsTheGroup() throws IOException {
    assertThat(
            run(
                "similar",
                file("10:00 ERROR sorry\njava.io.IOException: pipe\n\tat a.B.c(B.java:9)")))
        .isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "SCORE  ID              COUNT     LAST  SERVICE  ERROR",
            " 1.00  E-abcdef012345      1  59s ago  shop     com.acme.NoBox: no \\u001b[31mbox\\nat all");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void json_hasScoreAndGroup() throws IOException {
    run("similar", file("java.io.IOException: pipe\n\tat a.B.c(B.java:9)"), "--json");

    assertThat(terminal.out())
        .startsWith("{\"score\":1.0,\"id\":\"E-abcdef012345\",\"type\":\"com.acme.NoBox\",")
        .contains("\"trend\":[1,0,0,0,0,0,0,0,0,0,0,0],\"state\":\"open\"")
        .endsWith("\"merged\":[],\"solutions\":[]}\n");
  }

  @Test
  void group_isNotLikeItself() {
    assertThat(run("similar", "E-abc")).isZero();
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .startsWith("engram: no similar errors among what is remembered of shop");
  }

  @Test
  void whatIsNoTraceAndNoGroup_isSaid() throws IOException {
    assertThat(run("similar", "E-1234")).isEqualTo(1);
    assertThat(terminal.err()).contains("nothing with the id E-1234");
    assertThat(run("similar", file("it went wrong"))).isEqualTo(1);
    assertThat(terminal.err()).contains("no stack trace in ");
    assertThat(run("similar", "nowhere.txt")).isEqualTo(2);
    assertThat(terminal.err()).contains("cannot read nowhere.txt");
  }

  @Test
  void whatIsKnownAgainstTheTrace_isThereForPrograms_andIsSomething() throws IOException {
    String unlike = file("java.net.ConnectException: Connection refused\n\tat x.Z.c(Z.java:9)");
    assertThat(run("similar", unlike, "--json", "--exit-status")).isZero();
    assertThat(terminal.out().lines())
        .isNotEmpty()
        .first()
        .asString()
        .startsWith("{\"id\":\"S-connect-refused\"");

    terminal = CapturedTerminal.piped();
    assertThat(run("similar", unlike, "-o", "csv")).isZero();
    assertThat(terminal.out()).startsWith("id,").contains("\r\nS-connect-refused,");

    terminal = CapturedTerminal.piped();
    String unknown = file("a.B: c\n\tat x.Z.c(Z.java:9)");
    assertThat(run("similar", unknown, "--exit-status")).isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("trace.txt"), text).toString();
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
