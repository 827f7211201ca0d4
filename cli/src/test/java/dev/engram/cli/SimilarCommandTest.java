package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.server.PastedTrace;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.TraceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
            " 1.00  E-abcdef012345      1  59s ago  shop     com.acme.NoBox: no \\u001b[31mbox\\n"
                + "at all");
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

  /** Without them, the library's frame would be taken for the application's. */
  @Test
  void trace_isThatOfTheServicesOwnPackages(@TempDir Path other) throws IOException {
    String trace = "x.Broken: m\n\tat x.Lib.a(Lib.java:1)\n\tat com.shop.Own.b(Own.java:2)";
    PastedTrace own = PastedTrace.of(trace, List.of("com.shop")).orElseThrow();
    InstanceId id = new InstanceId(new UUID(8, 8));
    Row thrown =
        new ExceptionRow(
            id,
            1,
            SampleMemory.MIDNIGHT,
            TraceId.NONE,
            0,
            "escaped",
            "main",
            null,
            "x.Broken",
            "m",
            own.fingerprint(),
            own.stack());
    Map<String, Object> packages = Map.of(Instance.APP_PACKAGES, "com.shop,com.other");
    SampleMemory.in(
        other,
        writer -> {
          writer.putInstance(new Instance(id, "own", "1", SampleMemory.MIDNIGHT, 0, packages));
          writer.write(new Batch(id, List.of(thrown), new Checkpoint(1, 1, 0), 1, 0, 0, Map.of()));
        });
    String label = ErrorLabel.of(own.fingerprint());
    RunCommands.in(
        other, terminal, SampleMemory.CLOCK, "solutions", "add", label, "--remedy", "mend it");
    terminal = CapturedTerminal.piped();
    // None of the groups is of this time.
    RunCommands.in(other, terminal, SampleMemory.CLOCK, "similar", file(trace), "--since", "1s");

    assertThat(terminal.out()).contains("remedy  mend it");
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("trace.txt"), text).toString();
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
