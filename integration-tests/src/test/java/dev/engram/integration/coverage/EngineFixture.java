package dev.engram.integration.coverage;

import dev.engram.integration.harness.Fixture;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that runs workflows or jobs.
 *
 * @param requests what is asked of it, in order
 * @param traces what each trace with runs in it holds, in any order: for each span its category and
 *     name, and what is known of it, below the last that is indented less
 */
record EngineFixture(Fixture fixture, List<String> requests, List<List<String>> traces) {
  private static final String SILENT = "org.slf4j:slf4j-nop:2.0.17";
  private static final String H2 = "com.h2database:h2:2.4.240";

  /** The latest version of each last. */
  static List<EngineFixture> all() {
    List<EngineFixture> all = new ArrayList<>();
    all.add(batch("5.0.0", "spring-batch-5"));
    all.add(batch("6.0.6", "spring-batch-6"));
    all.add(quartz("2.3.0"));
    all.add(quartz("2.5.2"));
    all.add(scheduled("5.3.31"));
    all.add(scheduled("7.0.10"));
    all.add(flowable("7.0.0"));
    all.add(flowable("8.0.0"));
    all.add(temporal("1.22.3"));
    all.add(temporal("1.38.0"));
    return all;
  }

  private static EngineFixture batch(String version, String names) {
    String library = "org.springframework.batch:spring-batch-core:" + version;
    return new EngineFixture(
        Fixture.of("Spring Batch", version, "spring-batch", library, H2, SILENT)
            .with(names)
            .with("routes")
            .release(17),
        List.of("/import?7", "/restart?7", "/flow?7", "/split?7"),
        List.of(
            List.of(
                "request workflow invoke_workflow importOrders importOrders#1 COMPLETED",
                "  node load 1 COMPLETED read 5 write 4 skip 1",
                "  node report 1 from load because COMPLETED COMPLETED read 0 write 0 skip 0"),
            List.of(
                "request workflow invoke_workflow deliverOrders deliverOrders#2 FAILED"
                    + " java.lang.IllegalStateException",
                "  node prepare 1 COMPLETED read 0 write 0 skip 0",
                "  node deliver 1 from prepare because COMPLETED FAILED read 0 write 0 skip 0"
                    + " java.lang.IllegalStateException",
                "request workflow invoke_workflow deliverOrders deliverOrders#3 COMPLETED",
                "  node deliver 2 COMPLETED read 0 write 0 skip 0"),
            List.of(
                "request workflow invoke_workflow triage triage#4 COMPLETED",
                "  node check 1 FAILED read 0 write 0 skip 0 java.sql.SQLException",
                "  node recover 1 from check because FAILED COMPLETED read 0 write 0 skip 0"),
            List.of(
                "request workflow invoke_workflow bothSides bothSides#5 COMPLETED",
                "  node right-1 1 COMPLETED read 0 write 0 skip 0",
                "  node left-1 1 COMPLETED read 0 write 0 skip 0",
                "  node left-2 1 from left-1 because COMPLETED COMPLETED read 0 write 0 skip 0")));
  }

  private static EngineFixture quartz(String version) {
    return new EngineFixture(
        Fixture.of(
                "Quartz", version, "quartz", "org.quartz-scheduler:quartz:" + version, H2, SILENT)
            .with("routes"),
        List.of("/deliver", "/refire", "/broken", "/vetoed"),
        List.of(
            List.of("workflow invoke_workflow orders.deliver *", "  node Deliver 1"),
            List.of(
                "workflow invoke_workflow refire *",
                "  node Refire 1 org.quartz.JobExecutionException",
                "  node Refire 2"),
            List.of(
                "workflow invoke_workflow broken * java.lang.IllegalStateException",
                "  node Broken 1 java.lang.IllegalStateException")));
  }

  private static EngineFixture scheduled(String version) {
    return new EngineFixture(
        Fixture.of(
                "Spring @Scheduled",
                version,
                "spring-scheduled",
                "org.springframework:spring-context:" + version)
            .with("routes")
            .release(17),
        List.of("/waited"),
        List.of(
            List.of("workflow invoke_workflow Main$Jobs.once *"),
            List.of(
                "workflow invoke_workflow Main$Jobs.broken * java.lang.IllegalStateException")));
  }

  private static EngineFixture flowable(String version) {
    return new EngineFixture(
        Fixture.of(
                "Flowable",
                version,
                "flowable",
                "org.flowable:flowable-engine:" + version,
                H2,
                SILENT)
            .with("routes"),
        List.of("/small", "/large", "/broken", "/outer", "/later"),
        List.of(
            List.of(
                "request workflow invoke_workflow order *",
                "  node start 1",
                "  node check 1 from start",
                "  node large 1 from check",
                "  node close 1 from large",
                "  node end 1 from close"),
            List.of(
                "request workflow invoke_workflow order *",
                "  node start 1",
                "  node check 1 from start",
                "  node large 1 from check",
                "  node approve 1 from large because ${amount > 100}",
                "request workflow invoke_workflow order *",
                "  node approve 1",
                "  node close 1 from approve",
                "  node end 1 from close"),
            List.of(
                "request workflow invoke_workflow broken * java.lang.IllegalStateException",
                "  node start 1",
                "  node break 1 from start java.lang.IllegalStateException"),
            List.of(
                "request workflow invoke_workflow outer *",
                "  node start 1",
                "  node items 1",
                "  node items 1",
                "  node call 1 from items",
                "  workflow invoke_workflow inner *",
                "    node begin 1",
                "    node done 1 from begin",
                "  node end 1 from call"),
            List.of(
                "request workflow invoke_workflow later *",
                "  node start 1",
                "  workflow invoke_workflow later *",
                "    node work 1 from start",
                "    node end 1 from work")));
  }

  private static EngineFixture temporal(String version) {
    return new EngineFixture(
        Fixture.of(
                "Temporal", version, "temporal", "io.temporal:temporal-testing:" + version, SILENT)
            .with("routes"),
        List.of("/order", "/refused", "/replayed"),
        List.of(
            List.of(
                "workflow invoke_workflow Order *",
                "  node Reserve 1 java.io.IOException",
                "  node Reserve 2",
                "  node Charge 1"),
            List.of("workflow invoke_workflow Refused * io.temporal.failure.ApplicationFailure")));
  }

  @Override
  public String toString() {
    return fixture.toString();
  }
}
