package dev.engram.benchmarks.load;

import dev.engram.benchmarks.machine.JavaRun;
import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Goal;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What an application thread pays while many of them work at a fixed pace. */
public final class LoadGroup implements Group {
  private static final Quantity P50 = new Quantity("p50", "us");
  private static final Quantity P999 = new Quantity("p99.9", "us");
  private static final List<Quantity> QUANTITIES =
      List.of(
          P50,
          new Quantity("p99", "us"),
          P999,
          new Quantity("p99.99", "us"),
          new Quantity("max", "us"),
          new Quantity("p99.9 with waits", "us"),
          new Quantity("shed", "records"));

  private static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx512m");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String METHOD =
      """
      %d threads, each at work %,d times a second at fixed times, 512 MB of heap, each arm in a JVM of its own, which is warm
      after 20 seconds of it: on few cores the JVM needs as long to compile while everything runs. The span is what
      an HTTP instrumentation records of one request: begun note, context, eight attributes through limits and redaction, encoding,
      the ring; the writer thread moves it to Chronicle Queue meanwhile. The arm that does nothing shows what scheduler and clock
      alone do to a thread. "With waits" also counts, for each piece of work, how long a stalled one before it held it up.
      """;

  @Override
  public String name() {
    return "load";
  }

  @Override
  public Section measure(Plan plan) throws IOException, InterruptedException {
    Section section =
        new Section(
            "Application thread", METHOD.formatted(PacedLoad.THREADS, PacedLoad.BEATS_A_SECOND));
    for (Jdk jdk : plan.jdks()) {
      Table table = measure(plan, jdk);
      section.add(table).add(plot(table, jdk));
    }
    return section;
  }

  private static Table measure(Plan plan, Jdk jdk) throws IOException, InterruptedException {
    Table table = table(jdk);
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Arm arm : plan.shuffled(List.of(Arm.values()))) {
        plan.progress("  " + jdk.label() + ", round " + round + ": " + arm.label());
        table.addRound(arm.label(), run(plan, jdk, arm));
      }
    }
    return table;
  }

  private static Table table(Jdk jdk) {
    List<String> arms = Arrays.stream(Arm.values()).map(Arm::label).toList();
    String what = "cost on the application thread, " + jdk.label();
    return new Table("Paced load, " + jdk.label(), "the thread pays for", arms, QUANTITIES)
        .comparedWith(Arm.EMPTY.label())
        .goal(Goal.atMost(what, Arm.SPAN.label(), P50, 1))
        .goal(Goal.atMost(what, Arm.SPAN.label(), P999, 50));
  }

  private static double[] run(Plan plan, Jdk jdk, Arm arm)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(plan.work(), "load");
    Path files = Files.createDirectory(folder.resolve("files"));
    List<String> seconds = plan.quick() ? List.of("2", "1") : List.of("20", "5");
    return new JavaRun(jdk, folder, OPTIONS)
        .numbers(
            PacedLoad.class,
            List.of(arm.name(), files.toString(), seconds.get(0), seconds.get(1)),
            LIMIT);
  }

  private static Plot plot(Table table, Jdk jdk) {
    return new Plot(
        "application-thread-jdk" + jdk.feature(),
        "Application thread, 32 threads at 1,000/s, " + jdk.label(),
        table,
        QUANTITIES.subList(0, 5),
        true);
  }
}
