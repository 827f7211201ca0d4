package dev.engram.benchmarks.process;

import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Goal;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is burnt while nothing happens. */
public final class IdleGroup implements Group {
  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final Duration WINDOW = Duration.ofSeconds(12);
  private static final Duration QUICK = Duration.ofSeconds(1);

  private static final String COLLECTOR = "Engram's collector";
  private static final Quantity CPU = new Quantity("CPU", "% of a core");

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public Section measure(Plan plan) throws Exception {
    Section section =
        new Section(
            "Idle",
            "The sample shop without an agent, the same with Engram, and Engram's collector stand"
                + " idle side by side; each round is one window of %d s in which the user and system"
                    .formatted(WINDOW.toSeconds())
                + " time of all three is read.");
    return Proc.isThere() ? measured(plan, section) : section.missing("Needs Linux' `/proc`.");
  }

  private static Section measured(Plan plan, Section section) throws Exception {
    String bare = Arm.BARE.label();
    String ours = Arm.ENGRAM.label();
    Table table =
        new Table("Idle", "process", List.of(bare, ours, COLLECTOR), List.of(CPU))
            .comparedWith(bare)
            .goal(Goal.addsAtMost("CPU of an idle service added", ours, CPU, 0.5))
            .goal(Goal.atMost("CPU of an idle collector", COLLECTOR, CPU, 1));
    Jdk jdk = plan.jdks().get(0);
    Launch launch = new Launch(plan);
    Path home = launch.freshHome();
    try (Shop without = launch.shop(jdk, Arm.BARE, launch.freshHome());
        Shop with = launch.shop(jdk, Arm.ENGRAM, home);
        Child collector = launch.collector(jdk, home)) {
      without.awaitReady();
      with.awaitReady();
      pass(plan.quick() ? QUICK : SETTLE);
      Map<String, Busy> busy = new LinkedHashMap<>();
      busy.put(bare, without::cpu);
      busy.put(ours, with::cpu);
      busy.put(COLLECTOR, () -> Proc.cpu(collector.pid()));
      for (int round = 0; round < plan.rounds(); round++) {
        window(plan.quick() ? QUICK : WINDOW, busy, table);
      }
    }
    return section.add(table).add(new Plot("idle", "Idle", table, List.of(CPU), false));
  }

  /** How much time a process has used so far. */
  private interface Busy {
    Duration cpu();
  }

  private static void window(Duration length, Map<String, Busy> processes, Table table) {
    Map<String, Duration> before = new LinkedHashMap<>();
    long start = System.nanoTime();
    processes.forEach((name, process) -> before.put(name, process.cpu()));
    pass(length);
    double nanos = System.nanoTime() - start;
    processes.forEach(
        (name, process) ->
            table.addRound(name, 100 * process.cpu().minus(before.get(name)).toNanos() / nanos));
  }

  /** Idling is what is measured: there is nothing to wait for but time. */
  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Math.min(TimeUnit.SECONDS.toNanos(1), end - System.nanoTime()));
    }
  }
}
