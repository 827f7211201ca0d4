package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.TraceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionsCommandTest {
  private static final TraceId FAILED = new TraceId(0xaaaaaaaaaaaaaaaaL, 1);
  private static final TraceId FINE = new TraceId(0xbbbbbbbbbbbbbbbbL, 2);

  @TempDir private Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeEach
  void remember() {
    List<Row> rows = new ArrayList<>();
    rows.add(decision(10, 0x51, FAILED, 0x10, 0.9, "a\u001b[2Jb"));
    rows.add(decision(11, 0x52, FINE, 0x20, 0.8, "billing"));
    rows.add(decision(12, 0x53, TraceId.NONE, 0, Double.NaN, "billing"));
    SampleMemory.in(home, rows);
  }

  @Test
  void list_showsWhatBecameOfThem_andTakesNoTerminalOver() {
    assertThat(run("decisions", "list")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "TIME                     ID                OUTCOME  FROM       CONFIDENCE  SERVICE  MODEL  DECISION  CHOSEN",
            "2026-01-01 00:00:00.012  0000000000000053  unknown  -                   -  shop     m-1    route     billing",
            "2026-01-01 00:00:00.011  0000000000000052  success  request          0.80  shop     m-1    route     billing",
            "2026-01-01 00:00:00.010  0000000000000051  failure  exception        0.90  shop     m-1    route     a\\u001b[2Jb");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void decisionsAfterTheRange_areNotInIt() {
    run("decisions", "list", "--json", "--until", "2026-01-01T00:00:00.011Z");
    assertThat(terminal.out().lines())
        .singleElement()
        .asString()
        .contains("\"decision_id\":\"0000000000000051\"");

    terminal = CapturedTerminal.piped();
    run("decisions", "--json", "--until", "2026-01-01T00:00:00.011Z");
    assertThat(terminal.out()).contains("\"unknown\":0");
  }

  @Test
  void decisions_areNarrowedByThemselves_andByTheirRequest() {
    run("decisions", "list", "--json", "--where", "chosen=billing and confidence>0.5");
    assertThat(terminal.out().lines())
        .singleElement()
        .asString()
        .contains("\"decision_id\":\"0000000000000052\"");

    terminal = CapturedTerminal.piped();
    run("decisions", "list", "--json", "--min-duration", "50ms");
    assertThat(terminal.out().lines())
        .singleElement()
        .asString()
        .contains("\"decision_id\":\"0000000000000051\"");
  }

  @Test
  void decisionOutsideOfATrace_leadsToNone() {
    run("decisions", "show", "0000000000000053");
    assertThat(terminal.out()).contains("chosen").doesNotContain("engram show");
  }

  @Test
  void list_json_hasOneRowAnItem() {
    run("decisions", "list", "--outcome", "success", "--json");

    assertThat(terminal.out())
        .startsWith(
            "{\"decision_id\":\"0000000000000052\",\"time\":\"2026-01-01T00:00:00.011000000Z\",")
        .contains(
            "\"name\":\"route\",\"options\":[\"billing\",\"technical\"],\"chosen\":\"billing\","
                + "\"confidence\":0.8,\"confidence_source\":\"stated\","
                + "\"reasoning\":[\"first\",\"then\"],\"outcome\":\"success\","
                + "\"outcome_source\":\"request\",\"told\":[],\"feedback\":[]")
        .endsWith(
            "\"attributes\":{\"engram.decision.origin\":\"annotation\","
                + "\"gen_ai.request.model\":\"m-1\"}}\n");
    assertThat(terminal.out().lines()).hasSize(1);
  }

  @Test
  void summary_hasCoverageAndSaysHowSure() {
    assertThat(run("decisions")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "COUNT  KNOWN  TOLD  SUCCESS  95% BETWEEN  CONFIDENCE  BRIER   ECE  SAYS     SCORE  SERVICE  MODEL  DECISION",
            "    3    67%     0      50%       9%-91%        0.85   0.43  0.55  too few      -  shop     m-1    route");

    terminal = CapturedTerminal.piped();
    run("decisions", "--told", "--json");
    assertThat(terminal.out())
        .contains("\"told\":0,\"derived\":0,\"unknown\":3")
        .contains("\"success_rate\":null")
        .contains("\"brier\":null");
  }

  @Test
  void outcomeAndFeedback_areTold_andShownWithTheReasoning() {
    assertThat(run("outcome", "0000000000000051", "partial", "--value", "2.5", "--author", "ada"))
        .isZero();
    assertThat(terminal.out()).isEqualTo("remembered: 0000000000000051 partial\n");
    assertThat(
            run("feedback", "decision", "0000000000000051", "--score", "1", "--comment", "quick"))
        .isZero();

    terminal = CapturedTerminal.piped();
    assertThat(run("decisions", "show", "0000000000000051")).isZero();
    assertThat(terminal.out())
        .contains("route  0000000000000051")
        .contains("  options      billing, technical")
        .contains("  reasoning    1. first\n               2. then\n")
        .contains("  confidence   0.90 (stated)")
        .contains("  outcome      partial (told)")
        .contains("  told         2026-01-01 00:01:00.000 partial 2.5 by ada")
        .contains("on the decision 1.0 by ")
        .contains(": quick");
  }

  @Test
  void laterOutcomeOfTheSameAuthor_holds() {
    run("outcome", "0000000000000052", "failure", "--author", "ada");
    run("outcome", "0000000000000052", "success", "--author", "ada");

    terminal = CapturedTerminal.piped();
    run("decisions", "list", "--outcome", "success");
    assertThat(terminal.out()).contains("0000000000000052  success  told");
    terminal = CapturedTerminal.piped();
    run("decisions", "list", "--outcome", "failure");
    assertThat(terminal.out()).doesNotContain("0000000000000052");
  }

  @Test
  void mistakes_areNamedWithWhatHelps() {
    assertThat(run("outcome", "0000000000000051", "succes")).isEqualTo(2);
    assertThat(terminal.err()).contains("unknown label succes").contains("success");
    assertThat(run("outcome", "000000000000005", "success")).isEqualTo(2);
    assertThat(terminal.err()).contains("begins several ids: 0000000000000051, 0000000000000052");
    assertThat(run("outcome", "ffff", "success")).isEqualTo(1);
    assertThat(terminal.err()).contains("no decision with the id ffff");
    assertThat(run("outcome", "=4711", "success")).isEqualTo(2);
    assertThat(run("feedback", "decison", "51", "--score", "1")).isEqualTo(2);
    assertThat(terminal.err()).contains("decision");
    assertThat(run("feedback", "decision", "51")).isEqualTo(2);
    assertThat(terminal.err()).contains("give --label, --score or --comment");
    assertThat(run("decisions", "show", "ffff")).isEqualTo(1);
    assertThat(run("decisions", "list", "--outcome", "good")).isEqualTo(2);
  }

  private static DecisionRow decision(
      long position, long id, TraceId trace, long spanId, double confidence, String chosen) {
    return new DecisionRow(
        position,
        SampleMemory.MIDNIGHT + position * 1_000_000,
        id,
        trace,
        spanId,
        "route",
        List.of("billing", "technical"),
        chosen,
        confidence,
        Double.isNaN(confidence) ? "" : "stated",
        List.of("first", "then"),
        Map.of("engram.decision.origin", "annotation", "gen_ai.request.model", "m-1"));
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
