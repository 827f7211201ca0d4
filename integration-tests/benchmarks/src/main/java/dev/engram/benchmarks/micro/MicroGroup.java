package dev.engram.benchmarks.micro;

import dev.engram.benchmarks.machine.JavaRun;
import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Time and allocated bytes of the single steps. */
public final class MicroGroup implements Group {
  /** More rounds say little: a step's time hardly changes from JVM to JVM. */
  private static final int MAX_ROUNDS = 3;

  private static final String METHOD =
      """
      One thread, nothing else to do, in a JVM of its own for each step and round, after a warm-up; time and allocated bytes of one
      call. `request` is what an HTTP instrumentation does for one request: two records, the begun note and the span. A call of a model asks with
      2 KiB and is answered with 1 KiB, a node of a workflow is given and gives 1 KiB: two records each, with all of that redacted. At most %d rounds.
      """;

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public Section measure(Plan plan) throws RunnerException {
    // Another run of JMH on this machine is told by the load in the report.
    System.setProperty("jmh.ignoreLock", "true");
    Section section = new Section("Single steps", METHOD.formatted(MAX_ROUNDS));
    List<Quantity> times = plan.jdks().stream().map(MicroGroup::time).toList();
    Table table = table(plan);
    for (int round = 1; round <= Math.min(plan.rounds(), MAX_ROUNDS); round++) {
      for (Step step : plan.shuffled(List.of(Step.values()))) {
        plan.progress("  round " + round + ": " + step.label);
        table.addRound(step.label, run(plan, step));
      }
    }
    return section.add(table).add(new Plot("single-steps", "Single steps", table, times, true));
  }

  private static Table table(Plan plan) {
    List<Quantity> quantities = new ArrayList<>();
    for (Jdk jdk : plan.jdks()) {
      quantities.add(time(jdk));
      quantities.add(new Quantity("allocated, " + jdk.label(), "B/call"));
    }
    List<String> arms = Arrays.stream(Step.values()).map(step -> step.label).toList();
    return new Table("Steps", "step", arms, quantities);
  }

  private static Quantity time(Jdk jdk) {
    return new Quantity("time, " + jdk.label(), "ns/call");
  }

  /** Time and bytes on every JDK, in the order of the table's quantities. */
  private static double[] run(Plan plan, Step step) throws RunnerException {
    double[] values = new double[2 * plan.jdks().size()];
    for (int i = 0; i < plan.jdks().size(); i++) {
      RunResult result = new Runner(options(plan, plan.jdks().get(i), step)).runSingle();
      Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
      values[2 * i] = result.getPrimaryResult().getScore();
      values[2 * i + 1] = allocated == null ? Double.NaN : allocated.getScore();
    }
    return values;
  }

  private static Options options(Plan plan, Jdk jdk, Step step) {
    return new OptionsBuilder()
        .include(Steps.class.getName() + "\\." + step.method + "$")
        .jvm(jdk.java())
        .jvmArgs(JavaRun.opens().toArray(String[]::new))
        .jvmArgsAppend("-Xms256m", "-Xmx256m")
        .forks(1)
        .warmupIterations(plan.quick() ? 1 : 5)
        .warmupTime(TimeValue.milliseconds(plan.quick() ? 100 : 1_000))
        .measurementIterations(plan.quick() ? 1 : 3)
        .measurementTime(TimeValue.milliseconds(plan.quick() ? 100 : 500))
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  /** The methods of {@link Steps}, in the order they are printed. */
  private enum Step {
    ENCODE("encode", "encode a SERVER span with 8 attributes"),
    RING("ring", "write 256 bytes to the ring"),
    CONTEXT("context", "enter and leave a span's context"),
    REDACT_HEADER("redactHeader", "redact a header"),
    REDACT_QUERY("redactQuery", "redact a query"),
    REQUEST("request", "one request, from its open to the ring"),
    RECALL("recall", "recall the likest of 32 inputs"),
    NOTHING("nothing", "nothing, which is what measuring takes"),
    MODEL_CALL("modelCall", "one call of a model, as a framework tells it"),
    WIRE_CALL("modelCallOnTheWire", "one call of a model, read from its bodies"),
    WIRE_STREAM("streamOnTheWire", "one call of a model, its answer read in 100 pieces"),
    NODE("node", "one node of a workflow"),
    SWALLOW("swallow", "throw and catch an exception"),
    SWALLOW_COUNTED("swallowCounted", "throw, count and catch an exception");

    private final String method;
    private final String label;

    Step(String method, String label) {
      this.method = method;
      this.label = label;
    }
  }
}
