package dev.engram.integration.coverage;

import dev.engram.integration.harness.Fixture;
import java.util.ArrayList;
import java.util.List;

/**
 * An application with graphs, or with workflows in plain code.
 *
 * @param options of the JVM that has the agent
 * @param calls what is asked of it, in order, and what that leaves
 * @param hang the request whose last node never ends
 * @param hanging the runs and nodes that were going on then
 */
record WorkflowFixture(
    Fixture fixture, List<String> options, List<Call> calls, String hang, List<String> hanging) {
  /**
   * One request.
   *
   * @param runs its runs and nodes, in the order in which they began, each below its parent
   * @param decisions what its conditional edges chose, each as {@code name -> chosen}
   */
  record Call(String request, List<String> runs, List<String> decisions) {}

  private static final String SILENT = "org.slf4j:slf4j-nop:2.0.17";
  private static final String ILLEGAL_STATE = " java.lang.IllegalStateException";

  /** The latest version of each last. */
  static List<WorkflowFixture> all() {
    return List.of(langGraph4j("1.6.0"), langGraph4j("1.8.17"), plainCode());
  }

  private static WorkflowFixture langGraph4j(String version) {
    String library = "org.bsc.langgraph4j:langgraph4j-core:" + version;
    String hanging = "run fine+hang *";
    return new WorkflowFixture(
        Fixture.of("LangGraph4j", version, "langgraph4j", library, SILENT).with("routes"),
        List.of(),
        graphCalls(),
        "/hang?7",
        List.of(
            hanging + " interrupted",
            "  fine 1 from __START__ changed fine",
            "  hang 1 from fine interrupted"));
  }

  private static List<Call> graphCalls() {
    List<Call> calls = new ArrayList<>();
    String triage = "run approve+classify+ship *";
    String classified = "  classify 1 from __START__ changed kind,seen";
    List<String> large =
        List.of(
            triage,
            classified,
            "  approve 1 from classify because large changed approved",
            "  ship 1 from approve changed shipped");
    calls.add(new Call("/triage?200", large, List.of("after classify -> approve")));
    calls.add(new Call("/invoked?200", large, List.of("after classify -> approve")));
    calls.add(
        new Call(
            "/triage?7",
            List.of(triage, classified, "  ship 1 from classify because small changed shipped"),
            List.of("after classify -> ship")));
    calls.add(
        new Call(
            "/loop?2",
            List.of(
                "run step *",
                "  step 1 from __START__ changed amount",
                "  step 1 from step because again changed amount"),
            List.of("after step -> step", "after step -> __END__")));
    calls.add(new Call("/unread?7", List.of(), List.of()));
    calls.addAll(parallel());
    calls.addAll(legs());
    calls.addAll(nested());
    return calls;
  }

  private static List<Call> parallel() {
    List<String> fork =
        List.of(
            "run join+left+right+split *",
            "  split 1 from __START__ changed split",
            "  left 1 from split changed left",
            "  right 1 from split changed right",
            "  join 1 from a branch changed joined");
    return List.of(
        new Call("/fork?7", fork, List.of()), new Call("/forkInThreads?7", fork, List.of()));
  }

  private static List<Call> legs() {
    return List.of(
        new Call(
            "/broken?7",
            List.of(
                "run break+fine *" + ILLEGAL_STATE,
                "  fine 1 from __START__ changed fine",
                "  break 1 from fine" + ILLEGAL_STATE),
            List.of()),
        new Call(
            "/wait?7",
            List.of(
                "run act+ask order-7 stopped at ask saved",
                "  ask 1 from __START__ changed asked saved"),
            List.of()),
        new Call(
            "/resume?7",
            List.of("run act+ask order-7", "  act 1 from ask changed acted saved"),
            List.of()));
  }

  private static List<Call> nested() {
    return List.of(
        new Call(
            "/outer?7",
            List.of(
                "run after+before+inside *",
                "  before 1 from __START__ changed before",
                "  inside 1 from before",
                "    run first+second */inside",
                "      first 1 from __START__ changed first",
                "      second 1 from first changed second",
                "  after 1 from inside changed after"),
            List.of()),
        new Call(
            "/outerBroken?7",
            List.of(
                "run after+before+inside *" + ILLEGAL_STATE,
                "  before 1 from __START__ changed before",
                "  inside 1 from before" + ILLEGAL_STATE,
                "    run break */inside" + ILLEGAL_STATE,
                "      break 1 from __START__" + ILLEGAL_STATE),
            List.of()));
  }

  private static WorkflowFixture plainCode() {
    return new WorkflowFixture(
        Fixture.of("Plain code", "1", "workflow-code").with("routes").withApi(),
        List.of(
            "-Dengram.workflows=com.acme.Main$Orders#run,com.acme.Main$Orders#hang",
            "-Dengram.workflows.nodes=com.acme.steps.*#execute"),
        List.of(
            new Call(
                "/onboard?order-8",
                List.of("run onboarding order-8", "  check 1", "  welcome 1 from check"),
                List.of()),
            new Call(
                "/side?7",
                List.of(
                    "run side by side *",
                    "  check 1",
                    "  left 1 from check",
                    "  right 1 from check"),
                List.of()),
            new Call(
                "/flaky?7",
                List.of("run flaky *", "  attempt 1" + ILLEGAL_STATE, "  attempt 2 from attempt"),
                List.of()),
            new Call(
                "/refused?7",
                List.of("run refused * java.lang.IllegalArgumentException"),
                List.of()),
            new Call(
                "/order?7",
                List.of(
                    "run Orders.run *",
                    "  Reserve.execute 1",
                    "  Charge.execute 1 from Reserve.execute",
                    "  Ship.execute 1 from Charge.execute"),
                List.of())),
        "/hang?7",
        List.of(
            "run Orders.hang * interrupted",
            "  Reserve.execute 1",
            "  Hang.execute 1 from Reserve.execute interrupted"));
  }

  @Override
  public String toString() {
    return fixture.toString();
  }
}
