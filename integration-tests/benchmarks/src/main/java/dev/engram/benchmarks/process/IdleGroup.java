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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** What is burnt while nothing happens. */
public final class IdleGroup implements Group {
  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final Duration WINDOW = Duration.ofSeconds(12);
  private static final Duration QUICK = Duration.ofSeconds(1);

  private static final String COLLECTOR = "Engram's collector";
  private static final Quantity CPU = new Quantity("CPU", "% of a core");

  /** A process whose time is read into a row of a table. */
  private record Idler(Table table, String row, Supplier<Duration> cpu) {}

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public Section measure(Plan plan) throws Exception {
    Section section =
        new Section(
            "Idle",
            "The sample shop and the hello-world, each without an agent, with Engram and with the"
                + " OpenTelemetry agent, and the collector of the shop with Engram stand idle side"
                + " by side; each round is one window of %d s in which the user and system"
                    .formatted(WINDOW.toSeconds())
                + " time of all of them is read.");
    return Proc.isThere() ? measured(plan, section) : section.missing("Needs Linux' `/proc`.");
  }

  private static Section measured(Plan plan, Section section) throws Exception {
    List<Arm> arms = Arm.present(plan);
    Table shop = shopTable(arms);
    Table hello =
        new Table("Idle hello-world", "process", Arm.labels(arms), List.of(CPU))
            .comparedWith(Arm.BARE.label());
    try (SideBySide processes = new SideBySide(new Launch(plan), plan.jdks().get(0))) {
      for (Arm arm : plan.shuffled(arms)) {
        processes.startShop(arm, shop);
        processes.startHello(arm, hello);
      }
      pass(plan.quick() ? QUICK : SETTLE);
      for (int round = 0; round < plan.rounds(); round++) {
        processes.addRound(plan.quick() ? QUICK : WINDOW);
      }
    }
    return section
        .add(shop)
        .add(hello)
        .add(new Plot("idle", shop.title(), shop, List.of(CPU), false))
        .add(new Plot("idle-hello", hello.title(), hello, List.of(CPU), false));
  }

  private static Table shopTable(List<Arm> arms) {
    List<String> rows = new ArrayList<>(Arm.labels(arms));
    rows.add(COLLECTOR);
    String ours = Arm.ENGRAM.label();
    return new Table("Idle sample shop", "process", rows, List.of(CPU))
        .comparedWith(Arm.BARE.label())
        .goal(Goal.addsAtMost("CPU of an idle service added", ours, CPU, 0.5))
        .goal(Goal.atMost("CPU of an idle collector", COLLECTOR, CPU, 1));
  }

  /** Idling is what is measured: there is nothing to wait for but time. */
  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Math.min(TimeUnit.SECONDS.toNanos(1), end - System.nanoTime()));
    }
  }

  /** Processes that run until this is closed. */
  private static final class SideBySide implements AutoCloseable {
    private final Launch launch;
    private final Jdk jdk;
    private final List<Idler> idlers = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();

    SideBySide(Launch launch, Jdk jdk) {
      this.launch = launch;
      this.jdk = jdk;
    }

    /** With our agent its collector too. Waits until it takes requests. */
    void startShop(Arm arm, Table table) throws Exception {
      Path home = launch.freshHome();
      Shop shop = launch.shop(jdk, arm, home);
      ends.add(shop::close);
      shop.awaitReady();
      idlers.add(new Idler(table, arm.label(), shop::cpu));
      if (arm.isEngram()) {
        Child collector = watch(launch.collector(jdk, home), table, COLLECTOR);
        collector.awaitLine(Launch.COLLECTING);
      }
    }

    void startHello(Arm arm, Table table) throws Exception {
      Child hello = watch(launch.hello(jdk, arm, launch.freshHome()), table, arm.label());
      hello.awaitLine(HelloGroup.READY);
    }

    private Child watch(Child process, Table table, String row) {
      ends.add(process::close);
      idlers.add(new Idler(table, row, () -> Proc.cpu(process.pid())));
      return process;
    }

    void addRound(Duration window) {
      long start = System.nanoTime();
      List<Duration> before = idlers.stream().map(idler -> idler.cpu().get()).toList();
      pass(window);
      double nanos = System.nanoTime() - start;
      for (int i = 0; i < idlers.size(); i++) {
        Idler idler = idlers.get(i);
        Duration used = idler.cpu().get().minus(before.get(i));
        idler.table().addRound(idler.row(), 100 * used.toNanos() / nanos);
      }
    }

    @Override
    public void close() {
      ends.forEach(Runnable::run);
    }
  }
}
