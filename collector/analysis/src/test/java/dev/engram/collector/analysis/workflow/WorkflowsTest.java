package dev.engram.collector.analysis.workflow;

import static dev.engram.collector.analysis.SampleSpans.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.SampleSpans;
import dev.engram.collector.analysis.ai.Price;
import dev.engram.collector.analysis.ai.Prices;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Edge;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Node;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Recommendation;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Variant;
import dev.engram.collector.store.StoreReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkflowsTest {
  private static final Prices PRICES =
      new Prices(List.of(), List.of(new Price("*", "m", 0, 0, 1_000, null, null, 0)));

  private final SampleSpans spans = new SampleSpans();

  @AfterEach
  void close() {
    spans.close();
  }

  @Test
  void run_isAllOfItsId_inHoweverManyLegsAndTraces() {
    spans.trace(1);
    node(leg("r", "ok", 10, 20), "r", "a", "ok", 11, 5);
    spans.trace(2);
    node(leg("r", "error", 1_000, 30), "r", "b", "error", 1_001, 5);
    spans.trace(3);
    leg("other", "ok", 500, 1);

    List<Run> runs = runs(0);

    assertThat(runs).extracting(Run::id).containsExactly("other", "r");
    Run run = runs.get(1);
    assertThat(run.workflow()).isEqualTo("triage");
    assertThat(run.engine()).isEqualTo("langgraph4j");
    assertThat(run.legs()).isEqualTo(2);
    assertThat(run.status()).isEqualTo("error");
    assertThat(run.durationNanos()).isEqualTo(50 * MILLISECOND);
    assertThat(run.startEpochNanos()).isEqualTo(10 * MILLISECOND);
    assertThat(run.endEpochNanos()).isEqualTo(1_030 * MILLISECOND);
    assertThat(run.variant()).containsExactly("a", "b");
  }

  @Test
  void runsOfTwoWorkflows_areTwo_thoughTheirIdIsTheSame() {
    Map<String, Object> other = new HashMap<>(workflow("customer-7"));
    other.put("gen_ai.workflow.name", "answer");
    leg("customer-7", "error", 10, 5);
    spans.add(0, "INTERNAL", "workflow", "invoke_workflow answer", "ok", 20, 5, other);

    assertThat(runs(0))
        .extracting(run -> run.workflow() + " " + run.status())
        .containsExactly("answer ok", "triage error");
  }

  @Test
  void runsOfTwoServices_areTwo_thoughTheirIdIsTheSame() {
    leg("r", "error", 10, 5);
    spans.inTheDepot();
    leg("r", "ok", 20, 5);

    assertThat(runs(0))
        .extracting(run -> run.service() + " " + run.status())
        .containsExactly("depot ok", "shop error");
  }

  /** As activities of Temporal do, whose workers are where they like. */
  @Test
  void nodeInAnotherService_isOfTheRunThere() {
    leg("r", "ok", 10, 20);
    spans.trace(2);
    spans.inTheDepot();
    node(0, "r", "pack", "ok", 12, 5);

    assertThat(runs(0)).extracting(Run::service).containsExactly("shop");
    assertThat(runs(0).get(0).variant()).containsExactly("pack");
  }

  @Test
  void run_thatGoesOnOrWasCutOff_isUndecided() {
    spans.begin(0, "workflow", "w", 5, workflow("going"));
    leg("cut", "interrupted", 6, -1);
    node(0, "alone", "a", "ok", 7, 1);
    leg("done", "unset", 8, 1);

    List<Run> runs = runs(0);

    assertThat(runs)
        .extracting(run -> run.id() + " " + run.status())
        .containsExactly("done ok", "alone unset", "cut interrupted", "going in_progress");
    WorkflowSummary summary = Workflows.of(runs).get(0);
    assertThat(summary.runs()).isEqualTo(4);
    assertThat(summary.undecided()).isEqualTo(3);
    assertThat(summary.succeeded().of()).isEqualTo(1);
    assertThat(summary.p50Nanos()).isEqualTo(MILLISECOND);
  }

  @Test
  void run_thatBeganOutsideOfTheTimeAskedFor_isLeftOutWhole() {
    long hour = TimeUnit.HOURS.toMillis(1);
    leg("before", "ok", 30 * hour, 1);
    leg("before", "ok", 31 * hour, 1);
    leg("within", "ok", 31 * hour, 1);

    leg("later", "ok", 32 * hour, 1);
    leg("within", "ok", 33 * hour, 1);

    List<Run> found =
        Runs.find(spans.reader(), 31 * hour * MILLISECOND, 32 * hour * MILLISECOND, null, PRICES);
    assertThat(found).extracting(Run::id).containsExactly("within");
    assertThat(found.get(0).legs()).isEqualTo(2);
  }

  @Test
  void variant_collapsesLoops_whateverTheirLength() {
    long leg = leg("r", "ok", 1, 500);
    String[] visited = {"a", "b", "c", "b", "c", "b", "c", "d", "d", "e", "b"};
    for (int i = 0; i < visited.length; i++) {
      node(leg, "r", visited[i], "ok", 10 + 10 * i, 5);
    }

    assertThat(runs(0).get(0).variant()).containsExactly("a", "b", "c", "d", "e", "b");
    assertThat(runs(0).get(0).nodes()).hasSize(11);
  }

  @Test
  void parallelBranches_areOneVariant_whicheverWasQuicker() {
    parallel("first", 10, 12);
    parallel("second", 12, 10);

    List<WorkflowSummary> found = Workflows.of(runs(0));

    assertThat(found.get(0).variants())
        .extracting(Variant::nodes)
        .containsExactly(List.of("start", "left", "right", "join"));
  }

  private void parallel(String run, long left, long right) {
    long leg = leg(run, "ok", 0, 100);
    node(leg, run, "start", "ok", 1, 5);
    node(leg, run, "right", "ok", right, 30);
    node(leg, run, "left", "ok", left, 30);
    node(leg, run, "join", "ok", 60, 5);
  }

  @Test
  void nodesWithinANode_comeBehindIt_andTheirTimeIsTheirOwn() {
    long leg = leg("r", "ok", 0, 100);
    long outer = node(leg, "r", "outer", "ok", 10, 50);
    long method = spans.add(outer, "INTERNAL", "method", "call", "ok", 11, 45, Map.of());
    node(method, "r", "inner", "ok", 12, 40);
    node(leg, "r", "last", "ok", 70, 20);

    WorkflowSummary summary = Workflows.of(runs(0)).get(0);

    assertThat(summary.variants().get(0).nodes()).containsExactly("outer", "inner", "last");
    assertThat(summary.nodes())
        .extracting(node -> node.name() + " " + node.ownNanos() / MILLISECOND)
        .containsExactly("inner 40", "last 20", "outer 10");
    assertThat(summary.bottleneck()).isEqualTo(summary.nodes().get(0));
    assertThat(summary.nodes().get(0).ownShare()).isCloseTo(4.0 / 7, within(1e-9));
  }

  @Test
  void callsOfModels_countForTheNearestNode_andForTheRun() {
    long leg = leg("r", "ok", 0, 100);
    long first = node(leg, "r", "first", "ok", 10, 50);
    long agent = spans.add(first, "INTERNAL", "ai", "invoke_agent a", "ok", 11, 40, Map.of());
    call(agent, "m", 3_000);
    call(first, "unknown", 1);
    call(leg, "m", 1_000);
    call(0, "m", 500_000);
    node(leg, "r", "second", "ok", 70, 5);

    Run run = runs(0).get(0);
    assertThat(run.calls()).isEqualTo(3);
    assertThat(run.unpriced()).isEqualTo(1);
    assertThat(run.costUsd()).isCloseTo(4, within(1e-9));
    List<Node> nodes = Workflows.of(List.of(run)).get(0).nodes();
    assertThat(nodes.get(0).costUsd()).isCloseTo(3, within(1e-9));
    assertThat(nodes.get(0).costShare()).isCloseTo(0.75, within(1e-9));
    assertThat(nodes.get(1).costUsd()).isNull();
    assertThat(nodes.get(1).costShare()).isZero();
  }

  @Test
  void failures_areCountedByNode_andByRunsTheyFailed() {
    for (int i = 1; i <= 4; i++) {
      boolean failed = i > 2;
      long leg = leg("r" + i, failed ? "error" : "ok", 100 * i, 50);
      node(leg, "r" + i, "a", i > 1 ? "error" : "ok", 100 * i + 1, 5);
      node(leg, "r" + i, "a", i == 4 ? "error" : "ok", 100 * i + 10, 5);
    }

    Node a = Workflows.of(runs(0)).get(0).nodes().get(0);

    assertThat(a.visits()).isEqualTo(8);
    assertThat(a.failed().count()).isEqualTo(4);
    assertThat(a.failedRuns().count()).isEqualTo(2);
    assertThat(a.failedRuns().of()).isEqualTo(2);
  }

  @Test
  void edges_areWhatTheEngineSays_orElseWhatCameBefore() {
    long leg = leg("r", "ok", 0, 100);
    node(leg, "r", "a", "ok", 1, 5, Map.of("engram.workflow.transition.from", "__START__"));
    node(leg, "r", "b", "ok", 10, 5);
    node(leg, "r", "c", "ok", 20, 5, Map.of("engram.workflow.transition.from", "a"));
    long second = leg("s", "interrupted", 200, -1);
    node(second, "s", "a", "ok", 201, 5);

    assertThat(Workflows.of(runs(0)).get(0).edges())
        .containsExactly(
            new Edge("(start)", "a", 2),
            new Edge("a", "b", 1),
            new Edge("a", "c", 1),
            new Edge("c", "(end)", 1));
  }

  @Test
  void betterWay_isRecommended_whenEnoughRunsAgree() {
    way("x", 40, 38, "same");
    way("y", 40, 20, "same");

    WorkflowSummary summary = Workflows.of(runs(0)).get(0);

    assertThat(summary.variants().get(0).best()).isGreaterThan(0.99);
    assertThat(summary.variants().get(1).best()).isLessThan(0.01);
    assertThat(summary.variants().get(1).expectedLoss()).isCloseTo(0.43, within(0.03));
    Recommendation recommendation = summary.recommendation();
    assertThat(recommendation).isNotNull();
    assertThat(recommendation.nodes()).containsExactly("x");
    assertThat(recommendation.runs()).isEqualTo(80);
    assertThat(recommendation.inputs()).isEqualTo(1);
    assertThat(recommendation.compared()).isEqualTo(2);
  }

  @Test
  void fewRuns_areNotEnough() {
    way("x", 29, 29, "same");
    way("y", 40, 5, "same");

    WorkflowSummary summary = Workflows.of(runs(0)).get(0);

    assertThat(summary.variants().get(1).best()).isGreaterThan(0.99);
    assertThat(summary.recommendation()).isNull();
  }

  @Test
  void smallDifference_isNotRecommended() {
    way("x", 40, 30, "same");
    way("y", 40, 28, "same");

    assertThat(Workflows.of(runs(0)).get(0).recommendation()).isNull();
  }

  @Test
  void wayThatGotTheEasyInputs_isNotRecommended() {
    way("x", 40, 38, "easy");
    way("y", 40, 20, "hard");

    WorkflowSummary summary = Workflows.of(runs(0)).get(0);

    assertThat(summary.variants().get(0).best()).isGreaterThan(0.99);
    assertThat(summary.recommendation()).as("no input came to both").isNull();
  }

  @Test
  void inputsThatAreNotKnown_areSaidNotToBe() {
    way("x", 40, 38, "");
    way("y", 40, 20, "");

    Recommendation recommendation = Workflows.of(runs(0)).get(0).recommendation();

    assertThat(recommendation).isNotNull();
    assertThat(recommendation.inputs()).isZero();
  }

  @Test
  void likeInputs_areCompared_whereBothWaysGotThem() {
    way("x", 60, 57, "easy");
    way("x", 30, 10, "hard");
    way("y", 30, 29, "easy");
    way("y", 60, 20, "hard");

    WorkflowSummary summary = Workflows.of(runs(0)).get(0);

    assertThat(summary.variants().get(0).best()).as("over all").isGreaterThan(0.95);
    assertThat(summary.recommendation()).isNull();
  }

  @Test
  void emptyStore_hasNoRuns() {
    assertThat(Workflows.of(runs(0))).isEmpty();
  }

  private long runNumber;

  /** Runs that visit one node and took this input, so many of which succeed. */
  private void way(String node, int runs, int succeeded, String input) {
    for (int i = 0; i < runs; i++) {
      String run = "run-" + ++runNumber;
      long leg = leg(run, i < succeeded ? "ok" : "error", 10 * runNumber, 5);
      Map<String, Object> hash = Map.of("engram.workflow.input.hash", input);
      node(leg, run, node, "ok", 10 * runNumber + 1, 3, hash);
    }
  }

  private long leg(String run, String status, long start, long duration) {
    return spans.add(
        0,
        "INTERNAL",
        "workflow",
        "invoke_workflow triage",
        status,
        start,
        duration,
        workflow(run));
  }

  private static Map<String, Object> workflow(String run) {
    return Map.of(
        "gen_ai.workflow.name", "triage",
        "engram.workflow.engine", "langgraph4j",
        "engram.workflow.run.id", run);
  }

  private long node(
      long parent, String run, String name, String status, long start, long duration) {
    return node(parent, run, name, status, start, duration, Map.of());
  }

  private long node(
      long parent,
      String run,
      String name,
      String status,
      long start,
      long duration,
      Map<String, Object> more) {
    Map<String, Object> attributes = new HashMap<>(more);
    attributes.put("gen_ai.workflow.name", "triage");
    attributes.put("engram.workflow.run.id", run);
    attributes.put("engram.workflow.node.name", name);
    return spans.add(parent, "INTERNAL", "node", name, status, start, duration, attributes);
  }

  private void call(long parent, String model, long inputTokens) {
    Map<String, Object> attributes =
        Map.of(
            "gen_ai.request.model", model,
            "gen_ai.usage.input_tokens", inputTokens,
            "gen_ai.usage.output_tokens", 0L);
    spans.add(parent, "CLIENT", "ai", "chat", "ok", 20, 1, attributes);
  }

  private List<Run> runs(long sinceEpochNanos) {
    StoreReader reader = spans.reader();
    return Runs.find(reader, sinceEpochNanos, 0, null, PRICES);
  }
}
