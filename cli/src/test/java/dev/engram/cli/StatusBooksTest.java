package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sums of {@code engram status}. */
class StatusBooksTest {
  @TempDir private static Path home;
  @TempDir private static Path emptyHome;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void settledBooks_passWithEverySum() {
    assertThat(run("status", "--settled")).isZero();

    assertThat(terminal.out().lines())
        .contains(
            "collector  none (engram collect)",
            "offered 4 = written 4 + shed 0 + abandoned 0",
            "decoded 4 = stored 4 + joined 0 + duplicate 0 + rejected 0 + pending 0");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void json_hasEveryTermForTotalAndInstance() {
    assertThat(run("status", "--json")).isZero();

    String terms =
        "\"offered\":4,\"written\":4,\"shed\":{},\"abandoned\":0,\"queued\":4,\"in_ring\":0,"
            + "\"read\":4,\"in_queue\":0,\"dropped\":{},\"decoded\":4,\"malformed\":0,"
            + "\"stored\":4,\"joined\":0,\"duplicate\":0,\"rejected\":0,\"pending\":0}";
    assertThat(terminal.out().replaceFirst("\"store_bytes\":[1-9][0-9]*", "\"store_bytes\":1"))
        .isEqualTo(
            "{\"total\":{"
                + terms
                + ",\"instances\":[{\"instance\":\"11111111-2222-3333-4444-555555555555\","
                + "\"service\":\"shop\",\"start\":\"2026-01-01T00:00:00.000000000Z\","
                + "\"running\":false,\"state\":\"ended\","
                + terms
                + "],\"losses\":[],\"store_bytes\":1,\"removed\":[]}\n");
  }

  @Test
  void emptyHome_isNoFailureAndMakesNothing() {
    assertThat(execute("status", "--home", emptyHome.toString())).isZero();
    assertThat(terminal.out()).contains(emptyHome.toString());
    assertThat(terminal.err()).contains("nothing is remembered yet").contains("engram demo");
    assertThat(emptyHome).isEmptyDirectory();
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
