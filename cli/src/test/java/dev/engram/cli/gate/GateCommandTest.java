package dev.engram.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.RunCommands;
import dev.engram.cli.SampleMemory;
import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class GateCommandTest {
  @TempDir private Path home;
  @TempDir private Path files;
  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeEach
  void rememberARun() {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleMemory.write(store.writer());
      Map<String, Object> attributes = Map.of(Instance.LABEL, "main");
      long end = SampleMemory.MIDNIGHT + 1_000_000_000L;
      store
          .writer()
          .putInstance(
              new Instance(
                  SampleMemory.INSTANCE, "shop", "1.0", SampleMemory.MIDNIGHT, end, attributes));
    }
  }

  @Test
  void runThatIsItsOwnBaseline_passes_andTheFileIsTheSameEachTime() throws IOException {
    Path baseline = files.resolve("baseline.json");
    assertThat(execute("baseline", "save", "--label", "main", baseline.toString())).isZero();
    String first = Files.readString(baseline);
    assertThat(execute("baseline", "save", "--label", "main", baseline.toString())).isZero();
    assertThat(Files.readString(baseline))
        .isEqualTo(first)
        .contains("\"label\" : \"E-abcdef012345\"")
        .doesNotContain("at all");

    terminal = CapturedTerminal.piped();
    assertThat(execute("gate", "--label", "main", "--baseline", baseline.toString())).isZero();
    assertThat(terminal.out())
        .startsWith("pass  remembered requests (2 requests)\npass  new errors (1 error group)")
        .endsWith("pass\n");
    assertThat(execute("gate", "--label", "main", "--baseline-label", "main")).isZero();
  }

  @Test
  void newError_fails_inEveryReport() throws Exception {
    Path baseline = emptyBaseline();
    Path markdown = files.resolve("gate.md");
    Path junit = files.resolve("gate.xml");

    assertThat(
            execute("gate", "--baseline=" + baseline, "--markdown=" + markdown, "--junit=" + junit))
        .isEqualTo(1);

    assertThat(terminal.out())
        .contains("FAIL  new errors (1 error group)")
        .contains("shop: E-abcdef012345 com.acme.NoBox: 1 time: no \\u001b[31mbox at all")
        .endsWith("gate: FAIL\n");
    assertThat(Files.readString(markdown))
        .startsWith("### Engram gate: **failed**")
        .contains("- ` shop: E-abcdef012345 com.acme.NoBox");
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(junit))));
    assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("1");
    assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(9);
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);

    terminal = CapturedTerminal.piped();
    assertThat(execute("gate", "--baseline=" + baseline, "--json")).isEqualTo(1);
    assertThat(terminal.out())
        .startsWith(
            "{\"outcome\":\"fail\",\"checks\":[{\"check\":\"requests\",\"outcome\":\"pass\"")
        .contains("{\"check\":\"errors\",\"outcome\":\"fail\"");
  }

  @Test
  void whatCannotBeJudged_isSaid_withAnExitCodeOfItsOwn() throws IOException {
    Path baseline = files.resolve("missing.json");
    assertThat(execute("gate", "--baseline=" + baseline)).isEqualTo(3);
    assertThat(terminal.err())
        .isEqualTo(
            "engram: cannot judge: there is no baseline "
                + baseline
                + "; make one with: engram baseline save "
                + baseline
                + "\n");

    assertUndecided("no run has the label mian; did you mean main?", "gate", "--label=mian");
    assertUndecided("nothing is remembered of service bill", "gate", "--service=bill");
    for (String foreign : new String[] {"", "null", "[]", "{\"version\":2}", "{\"version\":1}"}) {
      Files.writeString(baseline, foreign);
      assertUndecided(
          "is no baseline that this version can read", "gate", "--baseline=" + baseline);
    }
  }

  @Test
  void runWithLostRecords_isNotJudged_inAnyReport() throws IOException {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      ProducerCounts shed = new ProducerCounts(7, 0, Map.of("ring_full", 7L), 0, 0, 0, 0);
      Period period = new Period(SampleMemory.MIDNIGHT, SampleMemory.MIDNIGHT + 1_000);
      store.writer().putCounters(SampleMemory.INSTANCE, shed, period);
    }
    Path markdown = files.resolve("gate.md");
    Path junit = files.resolve("gate.xml");
    String[] gate = {
      "gate", "--label=main", "--baseline-label=main", "--markdown=" + markdown, "--junit=" + junit
    };

    assertThat(execute(gate)).isEqualTo(3);
    assertThat(terminal.out()).contains("????  lost records (7 records)").endsWith("gate: ????\n");
    assertThat(markdown).content().startsWith("### Engram gate: cannot judge");
    assertThat(junit).content().contains("skipped=\"1\"");
  }

  @Test
  void runOfAServiceThatNobodyAsked_isNotJudged() throws IOException {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      Map<String, Object> attributes = Map.of(Instance.LABEL, "unasked");
      long start = SampleMemory.MIDNIGHT + Duration.ofDays(1).toNanos();
      store
          .writer()
          .putInstance(
              new Instance(
                  new InstanceId(new UUID(1, 1)), "idle", "1.0", start, start + 1, attributes));
    }

    assertThat(execute("gate", "--label=unasked", "--baseline-label=main")).isEqualTo(3);
    assertThat(terminal.out())
        .startsWith("????  remembered requests (0 requests, ")
        .endsWith("gate: ????\n");
    assertThat(execute("gate", "--label=unasked", "--baseline=" + emptyBaseline())).isEqualTo(3);
  }

  @Test
  void wrongLimits_areUsageErrors() {
    assertThat(execute("gate", "--tolerance=-1")).isEqualTo(2);
    assertThat(execute("gate", "--min-count=1")).isEqualTo(2);
    assertThat(execute("gate", "--ai-budget=NaN")).isEqualTo(2);
    assertThat(execute("gate", "--baseline=a", "--baseline-label=b")).isEqualTo(2);
    assertThat(execute("baseline")).isEqualTo(2);
  }

  private void assertUndecided(String line, String... arguments) {
    terminal = CapturedTerminal.piped();
    assertThat(execute(arguments)).isEqualTo(3);
    assertThat(terminal.err()).contains("cannot judge: ").contains(line);
    assertThat(terminal.out()).isEmpty();
  }

  private Path emptyBaseline() throws IOException {
    Path baseline = files.resolve("empty.json");
    return Files.writeString(
        baseline,
        "{\"version\":1,\"run\":{\"requests\":0,\"errors\":[],\"swallowed\":[],\"timings\":[],"
            + "\"repetitions\":[],\"secrets\":[],"
            + "\"ai\":{\"calls\":0,\"unpriced\":0,\"cost_usd\":0}}}");
  }

  private int execute(String... arguments) {
    return RunCommands.in(home, terminal, Clock.systemUTC(), arguments);
  }
}
