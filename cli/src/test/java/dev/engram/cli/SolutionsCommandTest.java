package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolutionsCommandTest {
  private static final Pattern ID = Pattern.compile("S-[0-9a-f]{12}");

  @TempDir private Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeEach
  void remember() {
    SampleMemory.in(home);
  }

  @Test
  void ownSolution_isShownBelowItsError_withHowWellItWorked() {
    String id =
        id(out("solutions", "add", "E-abc", "--remedy", "buy\u001b[2J boxes", "--link", "JIRA-7"));
    assertThat(out("solutions", "worked", id, "E-abc", "--author", "bob"))
        .isEqualTo("remembered: " + id + " worked E-abcdef012345\n");

    assertThat(out("errors", "show", "E-abc"))
        .endsWith(
            "\nknown against it, best first\n  "
                + id
                + "  worked 1 of 1 time, 95% between 16%-100%\n"
                + "    remedy  buy\\u001b[2J boxes\n    more    JIRA-7\n");
    assertThat(out("errors", "show", "E-abc", "--json"))
        .contains(
            "\"solutions\":[{\"id\":\"" + id + "\",\"error\":\"E-abcdef012345\",\"types\":[]",
            "\"source\":\"person\"",
            "\"tried\":1,\"last_tried\":\"2026-01-01T00:01:00.000000000Z\",\"worked\":1,\"worked_rate\":1.0,\"worked_rate_low\":0.158");

    out("solutions", "failed", id, "E-abc", "--author", "bob");
    assertThat(out("solutions", "show", id.substring(0, 8)))
        .startsWith(id + "  worked 0 of 1 time, 95% between 0%-84%\n  against E-abcdef012345\n");
  }

  /** What helped an older version need not help a later one. */
  @Test
  void whatWasSaidBeforeALaterVersion_isMarked() {
    out("solutions", "worked", "S-null", "E-abc");
    String id = id(out("solutions", "add", "E-abc", "--remedy", "buy boxes"));
    out("solutions", "worked", id, "E-abc");
    assertThat(out("errors", "show", "E-abc")).contains("worked 1 of 1").doesNotContain("; last");

    Instance later =
        new Instance(
            new InstanceId(new UUID(7, 7)),
            "shop",
            "2.0",
            SampleMemory.MIDNIGHT + TimeUnit.HOURS.toNanos(1),
            0,
            Map.of());
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      store.writer().putInstance(later);
    }
    assertThat(out("errors", "show", "E-abc"))
        .contains(
            id + "  worked 1 of 1 time, 95% between 16%-100%; last said before shop 2.0 came\n");
  }

  @Test
  void similarError_hasTheSolutionsOfItsGroup() throws IOException {
    String id = id(out("solutions", "add", "E-abc", "--remedy", "buy boxes"));
    Path trace =
        Files.writeString(home.resolve("t"), "java.io.IOException: pipe\n\tat a.B.c(B.java:9)");

    assertThat(out("similar", trace.toString())).contains("known against it, best first", id);
    assertThat(out("similar", trace.toString(), "--json")).contains("\"id\":\"" + id + "\"");
  }

  @Test
  void pastedTrace_thatIsLikeNothingRemembered_hasTheCatalogue() throws IOException {
    Path trace =
        Files.writeString(
            home.resolve("t"),
            "java.net.ConnectException: Connection refused\n\tat x.Z.c(Z.java:9)");

    assertThat(run("similar", trace.toString())).isZero();
    assertThat(terminal.out()).contains("S-connect-refused", "nobody has said yet");
  }

  @Test
  void solutionOfAKind_isFoundByTypeAndMessage_andEdited() {
    String id =
        id(
            out(
                "solutions",
                "add",
                "--type",
                "com.acme.NoBox",
                "--message",
                "no *box",
                "--remedy",
                "a",
                "--json"));
    assertThat(out("errors", "show", "E-abc")).contains(id);

    out("solutions", "edit", id, "--message", "no *crate", "--cause", "empty");
    assertThat(out("errors", "show", "E-abc")).doesNotContain(id);
    assertThat(out("solutions", "list", "--own", "--json"))
        .contains("\"messages\":[\"no *crate\"],\"cause\":\"empty\",\"remedy\":\"a\"");
  }

  @Test
  void catalogue_isListed_judged_andNotEdited() {
    assertThat(out("solutions", "list").lines()).hasSizeGreaterThan(60);
    assertThat(out("solutions")).isEqualTo(out("solutions", "list"));
    out("solutions", "worked", "S-null", "E-abc", "--comment", "after a look");
    assertThat(out("solutions", "list").lines().skip(1).findFirst().orElseThrow())
        .startsWith("S-null ")
        .contains("1 of 1", "16%-100%", "catalogue");
    assertThat(out("solutions", "show", "S-null"))
        .contains("\n  by      catalogue\n  comment after a look\n");
    assertRefused("S-null came with engram", "solutions", "edit", "S-null", "--remedy", "pray");
    assertThat(run("solutions", "list", "--own")).isZero();
    assertThat(terminal.err()).contains("nobody has written a solution yet");
  }

  @Test
  void whatCannotBe_isSaid_andNothingIsTold() {
    assertRefused("give --remedy", "solutions", "add", "E-abc");
    assertRefused("give either an error group", "solutions", "add", "--remedy", "x");
    assertRefused("give either", "solutions", "add", "E-a", "--type", "a.B", "--remedy", "x");
    assertRefused("--message takes words", "solutions", "add", "--message", "*", "--remedy", "x");
    assertRefused("begins several ids", "solutions", "worked", "S-sql", "E-abc");
    assertRefused("give what to change", "solutions", "edit", "S-null");
    assertThat(run("solutions", "show", "S-nowhere")).isEqualTo(1);
    assertThat(run("solutions", "failed", "S-null", "E-999")).isEqualTo(1);

    try (SqliteStore store = SqliteStore.openReadOnly(SqliteStore.fileIn(home))) {
      assertThat(store.reader().knowledge()).isEmpty();
    }
  }

  private static String id(String told) {
    Matcher id = ID.matcher(told);
    assertThat(id.find()).as(told).isTrue();
    return id.group();
  }

  private void assertRefused(String why, String... words) {
    terminal = CapturedTerminal.piped();
    assertThat(run(words)).isEqualTo(2);
    assertThat(terminal.err()).contains(why);
  }

  /** What a command answers that is to succeed. */
  private String out(String... words) {
    terminal = CapturedTerminal.piped();
    assertThat(run(words)).as(terminal.err()).isZero();
    return terminal.out();
  }

  private int run(String... words) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, words);
  }
}
