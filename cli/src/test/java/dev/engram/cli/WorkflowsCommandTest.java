package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowsCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:10:00Z"), ZoneOffset.UTC);
  private static final long MILLISECOND = 1_000_000L;

  @TempDir private static Path home;
  @TempDir private static Path otherHome;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  /** 40 runs that look something up and mostly succeed, 40 that guess and mostly do not. */
  @BeforeAll
  static void remember() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      boolean lookup = i % 2 == 0;
      run(rows, i, lookup ? "look \"up\"" : "guess", i % 20 == (lookup ? 0 : 1) == lookup);
    }
    SampleMemory.in(home, rows);
    run(rows, 80, "other", true);
    rows.add(span(81_000, 0, "workflow", "invoke_workflow x", "ok", 90_000, 5, "x", "run-x", null));
    SampleMemory.in(otherHome, rows);
  }

  private static void run(List<Row> rows, int number, String node, boolean failed) {
    long id = 1_000 + 10L * number;
    long start = 1_000L * number;
    String run = "run-" + number;
    String status = failed ? "error" : "ok";
    rows.add(
        span(id, 0, "workflow", "invoke_workflow triage", status, start, 50, "triage", run, null));
    rows.add(span(id + 1, id, "node", "classify", "ok", start + 1, 10, "triage", run, "classify"));
    rows.add(span(id + 2, id, "node", node, status, start + 15, 30, "triage", run, node));
  }

  private static SpanRow span(
      long id,
      long parent,
      String category,
      String name,
      String status,
      long start,
      long duration,
      String workflow,
      String run,
      String node) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("gen_ai.workflow.name", workflow);
    attributes.put("engram.workflow.run.id", run);
    attributes.put("engram.workflow.engine", "langgraph4j");
    if (node != null) {
      attributes.put("engram.workflow.node.name", node);
      attributes.put("engram.workflow.input.hash", "00000000000000aa");
    }
    return new SpanRow(
        SampleMemory.INSTANCE,
        id,
        new TraceId(5, 5),
        id,
        parent,
        "INTERNAL",
        category,
        name,
        SampleMemory.MIDNIGHT + start * MILLISECOND,
        duration * MILLISECOND,
        status,
        null,
        attributes,
        List.of(),
        false);
  }

  @Test
  void runs_areNarrowedByWhatTheyAre() {
    run("workflows", "runs", "--json", "--limit", "100", "--where", "name=triage and status=error");
    assertThat(terminal.out().lines())
        .hasSize(40)
        .allMatch(line -> line.contains("\"status\":\"error\""));

    terminal = CapturedTerminal.piped();
    run("workflows", "--where", "engram.workflow.run.id=run-7", "--json");
    assertThat(terminal.out()).contains("\"runs\":1,");

    terminal = CapturedTerminal.piped();
    run("workflows", "runs", "--min-duration", "51ms");
    assertThat(terminal.err()).contains("no runs of workflows match");
  }

  @Test
  void oneWorkflow_isShownWithItsNodesAndWays_andTheBetterOne() {
    assertThat(run("workflows")).isZero();

    assertThat(terminal.out().lines().map(line -> line.replaceAll("76\\.[0-9]%  ", "76.x%  ")))
        .containsExactly(
            "RUNS  SUCCESS  95% BETWEEN  UNDECIDED      P50      P95  COST  UNPRICED  BOTTLENECK  SERVICE  WORKFLOW",
            "  80    50.0%  39.3%-60.7%             50.0 ms  50.0 ms     -            guess 38%   shop     triage",
            "",
            "OWN TIME  SHARE  VISITS      P50      P95      MAX  ERRORS  95% BETWEEN  FAILED RUNS  COST  OF COST  NODE",
            "  1.20 s    38%      40  30.0 ms  30.0 ms  30.0 ms   90.0%  76.9%-95.9%          90%     -           guess",
            "  1.20 s    38%      40  30.0 ms  30.0 ms  30.0 ms   10.0%   4.1%-23.1%          10%     -           look \"up\"",
            "  800 ms    25%      80  10.0 ms  10.0 ms  10.0 ms    0.0%    0.0%-4.5%           0%     -           classify",
            "",
            "RUNS  SUCCESS  95% BETWEEN  P(BEST)  EXPECTED LOSS      P50      P95  COST A RUN  VARIANT",
            "  40    10.0%   4.1%-23.1%    0.000          76.x%  50.0 ms  50.0 ms           -  classify > guess",
            "  40    90.0%  76.9%-95.9%    1.000           0.0%  50.0 ms  50.0 ms           -  classify > look \"up\"",
            "",
            "classify > look \"up\" is associated with more success than the other variants: P(best) 1.000 of 2, over 80 runs with the same input; what else differed between the runs is not known");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void severalWorkflows_areATable_andOneOfThemCanBeNamed() {
    execute("workflows", "--home", otherHome.toString());
    assertThat(terminal.out().lines()).hasSize(3);

    terminal = CapturedTerminal.piped();
    execute("workflows", "triage", "--home", otherHome.toString());
    assertThat(terminal.out()).contains("VARIANT").contains("classify > other");

    terminal = CapturedTerminal.piped();
    execute("workflows", "triag", "--home", otherHome.toString());
    assertThat(terminal.err()).startsWith("engram: no workflows");
  }

  @Test
  void json_hasNodesEdgesVariantsAndTheRecommendation() {
    run("workflows", "--json");

    assertThat(terminal.out().lines()).hasSize(1);
    assertThat(terminal.out())
        .startsWith(
            "{\"service\":\"shop\",\"runs\":80,\"decided\":80,\"succeeded\":40,\"success_rate\":0.5,"
                + "\"success_rate_low\":0.39")
        .contains("\"cost_usd\":null,\"ai_calls\":0,\"unpriced\":0,\"bottleneck\":\"guess\"")
        .contains("\"nodes\":[{\"name\":\"guess\",\"visits\":40,\"errors\":36,\"error_rate\":0.9")
        .contains("\"edges\":[{\"from\":\"(start)\",\"to\":\"classify\",\"count\":80},")
        .contains("\"variants\":[{\"nodes\":[\"classify\",\"guess\"],\"runs\":40,\"decided\":40")
        .contains(
            "\"recommendation\":{\"nodes\":[\"classify\",\"look \\\"up\\\"\"],\"p_best\":1.0,")
        .endsWith("\"attributes\":{\"gen_ai.workflow.name\":\"triage\"}}\n");
  }

  @Test
  void graph_isMermaid_inWhichNamesAreText_orJson() {
    assertThat(run("workflows", "--graph", "mermaid")).isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "flowchart TD",
            "  n0[\"(start)\"] -->|80| n1[\"classify\"]",
            "  n1 -->|40| n2[\"guess\"]",
            "  n1 -->|40| n3[\"look #34;up#34;\"]",
            "  n2 -->|40| n4[\"(end)\"]",
            "  n3 -->|40| n4");

    terminal = CapturedTerminal.piped();
    run("workflows", "--graph", "json");
    assertThat(terminal.out())
        .startsWith("{\"service\":\"shop\",\"workflow\":\"triage\",\"nodes\":[\"guess\",")
        .endsWith("{\"from\":\"look \\\"up\\\"\",\"to\":\"(end)\",\"count\":40}]}\n");
  }

  @Test
  void graph_ofSeveral_asksForOne() {
    assertThat(execute("workflows", "--graph", "json", "--home", otherHome.toString()))
        .isEqualTo(2);
    assertThat(run("workflows", "--graph", "dot")).isEqualTo(2);
    assertThat(terminal.err().lines())
        .containsExactly(
            "engram: --graph is of one workflow; name one of triage, x"
                + " (see: engram workflows --help)",
            "engram: unknown --graph dot; valid: mermaid, json (see: engram workflows --help)");
  }

  @Test
  void runs_areListed_newestFirst() {
    assertThat(run("workflows", "runs", "--limit", "2")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "START                    DURATION  STATUS  LEGS  NODES  COST  SERVICE  ID                RUN     WORKFLOW  VARIANT",
            "2026-01-01 00:01:19.000   50.0 ms  error      1      2     -  shop     00000000000006fe  run-79  triage    classify > guess",
            "2026-01-01 00:01:18.000   50.0 ms  ok         1      2     -  shop     00000000000006f4  run-78  triage    classify > look \"up\"");
  }

  @Test
  void runs_canBeNarrowed_andAreOneObjectALine() {
    run("workflows", "runs", "--json", "--status", "error", "--since", "2026-01-01T00:01:19Z");

    assertThat(terminal.out())
        .isEqualTo(
            "{\"trace_id\":\"00000000000000050000000000000005\",\"span_id\":\"00000000000006fe\","
                + "\"service\":\"shop\",\"start\":\"2026-01-01T00:01:19.000000000Z\","
                + "\"end\":\"2026-01-01T00:01:19.050000000Z\",\"duration_ns\":50000000,"
                + "\"status\":\"error\",\"legs\":1,\"variant\":[\"classify\",\"guess\"],"
                + "\"nodes\":[{\"name\":\"classify\",\"span_id\":\"00000000000006ff\","
                + "\"start\":\"2026-01-01T00:01:19.001000000Z\",\"duration_ns\":10000000,"
                + "\"status\":\"ok\",\"from\":null},{\"name\":\"guess\","
                + "\"span_id\":\"0000000000000700\",\"start\":\"2026-01-01T00:01:19.015000000Z\","
                + "\"duration_ns\":30000000,\"status\":\"error\",\"from\":null}],"
                + "\"cost_usd\":null,\"ai_calls\":0,\"unpriced\":0,"
                + "\"attributes\":{\"engram.workflow.engine\":\"langgraph4j\","
                + "\"engram.workflow.input.hash\":\"00000000000000aa\","
                + "\"engram.workflow.run.id\":\"run-79\",\"gen_ai.workflow.name\":\"triage\"}}\n");
  }

  @Test
  void answer_thatMayLackRecords_saysSo(@TempDir Path lossy) {
    SampleMemory.in(lossy, List.of(span(1_000, 0, "workflow", "w", "ok", 1, 5, "w", "r", null)));
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(lossy))) {
      store
          .writer()
          .putCounters(
              SampleMemory.INSTANCE,
              new ProducerCounts(9, 4, Map.of("ring_full", 5L), 0, 4, 0, 0),
              new Period(SampleMemory.MIDNIGHT, SampleMemory.MIDNIGHT + MILLISECOND));
    }

    for (String command : List.of("workflows", "workflows runs")) {
      terminal = CapturedTerminal.piped();
      execute((command + " --home " + lossy).split(" "));
      assertThat(terminal.err()).as(command).contains("incomplete: 5 shed (ring_full)");
      assertThat(terminal.out()).isNotEmpty();
    }
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, CLOCK, arguments);
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, CLOCK, arguments);
  }
}
