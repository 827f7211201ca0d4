package dev.engram.benchmarks.process;

import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What a program that does nothing pays for an agent. */
public final class HelloGroup implements Group {
  /** What the program says when it is there. */
  static final Pattern READY = Pattern.compile("^ready$");

  private static final Quantity CPU_READY = new Quantity("CPU until ready", "s");
  private static final Quantity CPU = new Quantity("CPU until ended", "s");
  private static final Quantity WALL = new Quantity("ready after", "s");
  private static final Quantity RESIDENT = new Quantity("resident", "MiB");
  private static final Quantity ANONYMOUS = new Quantity("anonymous", "MiB");

  @Override
  public String name() {
    return "hello";
  }

  @Override
  public Section measure(Plan plan) throws Exception {
    Section section =
        new Section(
            "Start-up of a hello-world",
            "A program that prints one line, waits for the end of its input and ends. User and"
                + " system time come from Linux' `/proc`, in steps of 10 ms; memory from its"
                + " `smaps` when the line was printed. The memory home is fresh, no collector"
                + " runs; with Engram the input ends only when the instance is remembered there, a"
                + " second after its start, so that the end pays for ring and folder as well."
                + peer(plan));
    if (!Proc.isThere()) {
      return section.missing("Needs Linux' `/proc`.");
    }
    List<Arm> arms = Arm.present(plan);
    for (Jdk jdk : Arm.jdks(plan)) {
      Table table = table(plan, jdk, arms);
      section.add(table);
      section.add(
          new Plot("hello-" + jdk.feature(), table.title(), table, List.of(CPU_READY, CPU), false));
    }
    return section;
  }

  private static String peer(Plan plan) throws IOException {
    return Arm.OPENTELEMETRY.isThere(plan.root())
        ? " The OpenTelemetry agent is version " + Arm.peerVersion(plan.root()) + "."
        : "";
  }

  private static Table table(Plan plan, Jdk jdk, List<Arm> arms) throws Exception {
    Table table =
        new Table(
                "Hello-world, " + jdk.label(),
                "agent",
                Arm.labels(arms),
                List.of(CPU_READY, CPU, WALL, RESIDENT, ANONYMOUS))
            .comparedWith(Arm.BARE.label());
    Launch launch = new Launch(plan);
    for (int round = 0; round < plan.rounds(); round++) {
      for (Arm arm : plan.shuffled(arms)) {
        table.addRound(arm.label(), once(launch, jdk, arm));
      }
    }
    return table;
  }

  private static double[] once(Launch launch, Jdk jdk, Arm arm) throws Exception {
    Path home = launch.freshHome();
    Duration before = Proc.cpuOfEndedChildren();
    long started = System.nanoTime();
    try (Child hello = launch.hello(jdk, arm, home)) {
      hello.awaitLine(READY);
      Duration wall = Duration.ofNanos(System.nanoTime() - started);
      Duration ready = Proc.cpu(hello.pid());
      MemoryUse memory = Proc.memory(hello.pid(), home);
      if (arm == Arm.ENGRAM) {
        Remembered.awaitInstance(home);
      }
      hello.closeInput();
      hello.awaitSuccess();
      Duration whole = Proc.cpuOfEndedChildren().minus(before);
      return new double[] {
        Units.seconds(ready),
        Units.seconds(whole),
        Units.seconds(wall),
        Units.mebibytes(memory.resident()),
        Units.mebibytes(memory.anonymous())
      };
    }
  }
}
