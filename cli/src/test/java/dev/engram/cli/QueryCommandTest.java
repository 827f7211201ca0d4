package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryCommandTest {

  @TempDir private static Path home;
  @TempDir private static Path emptyHome;
  @TempDir private static Path otherHome;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void piped_isAligned_numbersToTheRight_andHarmless() {
    assertThat(run("query", "select name, duration_ns as ns from requests order by ns")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "name                                       ns",
            "GET /products/\\u001b]0;owned\\u0007   12345678",
            "POST /orders                        100000000");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void json_isOneObjectALine() {
    run("query", "--json", "select type, message, null as none, 0.5 as half from errors");

    assertThat(terminal.out())
        .isEqualTo(
            "{\"type\":\"com.acme.NoBox\",\"message\":\"no \\u001B[31mbox\\nat all\","
                + "\"none\":null,\"half\":0.5}\n");
  }

  @Test
  void csv_isOneRecordALine() {
    run("query", "-o", "csv", "select type, message, 7 as seven from errors");

    assertThat(terminal.out())
        .isEqualTo("type,message,seven\r\ncom.acme.NoBox,no \\u001b[31mbox\\nat all,7\r\n");
  }

  @Test
  void noRows_isSaid() {
    assertThat(run("query", "--json", "select type from errors where type = ''")).isZero();
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).isEqualTo("engram: no rows\n");
  }

  @Test
  void limit_isSaid() {
    run("query", "--limit", "1", "select span_id from spans");

    assertThat(terminal.out().lines()).hasSize(2);
    assertThat(terminal.err()).isEqualTo("engram: these are the first 1 rows; more with --limit\n");
  }

  @Test
  void wrongQuestion_isOneLine_withTheNearestName() {
    assertThat(run("query", "select * from request")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo("engram: no view request; did you mean requests? (see: engram query --help)\n");

    terminal = CapturedTerminal.piped();
    assertThat(run("query", "select durations_ns from requests")).isEqualTo(2);
    assertThat(terminal.err())
        .startsWith("engram: no column durations_ns; did you mean duration_ns?");

    terminal = CapturedTerminal.piped();
    assertThat(run("query", "delete from main.span")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("engram: only one SELECT");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void tooSlow_isStopped() {
    String endless =
        "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i)";

    assertThat(run("query", "--timeout", "1", endless + " from n")).isEqualTo(1);
    assertThat(terminal.err()).startsWith("engram: stopped after 1 s");

    terminal = CapturedTerminal.piped();
    assertThat(run("query", "--timeout", "0", "select 1")).isEqualTo(2);
    assertThat(terminal.err()).contains("--timeout takes a number from 1, not 0");
  }

  @Test
  void memoryInPostgresql_answersNone_andSaysWhereToAsk() throws IOException {
    Files.writeString(
        otherHome.resolve("store.properties"), "url=jdbc:postgresql://127.0.0.1:1/none\n");
    assertThat(RunCommands.in(otherHome, terminal, SampleMemory.CLOCK, "query", "select 1"))
        .isEqualTo(1);
    assertThat(terminal.err())
        .startsWith("engram: this memory is kept in PostgreSQL")
        .contains("psql");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void emptyHome_saysWhatToDo() {
    assertThat(RunCommands.in(emptyHome, terminal, SampleMemory.CLOCK, "query", "select 1"))
        .isZero();
    assertThat(terminal.err()).contains("nothing is remembered yet in " + emptyHome);
    assertThat(emptyHome).isEmptyDirectory();
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
