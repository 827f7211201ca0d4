package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimilarCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:01:00Z"), ZoneOffset.UTC);

  @TempDir private static Path home;
  @TempDir private Path folder;

  private final CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleMemory.write(store.writer());
    }
  }

  @Test
  void traceOfALog_findsTheGroup() throws IOException {
    assertThat(run(file("10:00 ERROR sorry\njava.io.IOException: pipe\n\tat a.B.c(B.java:9)")))
        .isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "SCORE  ID              COUNT     LAST  SERVICE  ERROR",
            " 1.00  E-abcdef012345      1  59s ago  shop     com.acme.NoBox: no \\u001b[31mbox\\nat all");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void json_hasScoreAndGroup() throws IOException {
    run(file("java.io.IOException: pipe\n\tat a.B.c(B.java:9)"), "--json");

    assertThat(terminal.out())
        .startsWith("{\"score\":1.0,\"id\":\"E-abcdef012345\",\"type\":\"com.acme.NoBox\",")
        .contains("\"trend\":[1,0,0,0,0,0,0,0,0,0,0,0],\"state\":\"open\"")
        .endsWith("\"merged\":[],\"solutions\":[]}\n");
  }

  @Test
  void group_isNotLikeItself() {
    assertThat(run("E-abc")).isZero();
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .startsWith("engram: no similar errors among what is remembered of shop");
  }

  @Test
  void whatIsNoTraceAndNoGroup_isSaid() throws IOException {
    assertThat(run("E-1234")).isEqualTo(1);
    assertThat(terminal.err()).contains("nothing with the id E-1234");
    assertThat(run(file("it went wrong"))).isEqualTo(1);
    assertThat(terminal.err()).contains("no stack trace in ");
    assertThat(run("nowhere.txt")).isEqualTo(2);
    assertThat(terminal.err()).contains("cannot read nowhere.txt");
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("trace.txt"), text).toString();
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "similar";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--home";
    all[all.length - 1] = home.toString();
    Invocation invocation = new Invocation(terminal.terminal(), CLOCK, Map.of());
    return Main.commandLine(invocation, all).execute(all);
  }
}
