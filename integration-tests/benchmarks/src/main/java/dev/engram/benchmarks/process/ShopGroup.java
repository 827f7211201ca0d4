package dev.engram.benchmarks.process;

import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Goal;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import dev.engram.benchmarks.process.Shop.ReadyShop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What a real service pays for an agent: to start, and for each request. */
public final class ShopGroup implements Group {
  private static final int WARM_UP = 100_000;
  private static final int REQUESTS = 20_000;
  private static final int QUICK = 200;
  private static final int ROUNDS = 10;

  private static final Quantity CPU = new Quantity("CPU until ready", "s");
  private static final Quantity WALL = new Quantity("ready after", "s");
  private static final Quantity RESIDENT = new Quantity("resident", "MiB");
  private static final Quantity ANONYMOUS = new Quantity("anonymous", "MiB");
  private static final Quantity MAPPED = new Quantity("mapped agent files", "MiB");
  private static final Quantity SERVICE = new Quantity("service, CPU a request", "us");
  private static final Quantity P50 = new Quantity("latency p50", "us");
  private static final Quantity P99 = new Quantity("latency p99", "us");
  private static final Quantity COLLECTOR = new Quantity("collector, CPU a request", "us");

  @Override
  public String name() {
    return "shop";
  }

  @Override
  public Section measure(Plan plan) throws Exception {
    Section section =
        new Section(
            "A real service: start-up, requests, memory",
            "The sample shop (Spring Boot 3.5, Tomcat, H2 in memory; heap at most 256 MiB) is"
                + " started in a fresh memory home without a collector. Then, on the first JDK, the"
                + " collector is started, the shop is warmed up and takes a fixed number of orders"
                + " over two connections; each is a POST with three statements. Engram remembers the"
                + " bodies of request and response too, unless it says otherwise; the OpenTelemetry"
                + " agent has none. CPU is the user and"
                + " system time of the process in Linux' `/proc`; memory is from its `smaps`."
                + " Afterwards every request must be in the store and the books must show nothing"
                + " shed, or the group fails.");
    if (!Proc.isThere()) {
      return section.missing("Needs Linux' `/proc`.");
    }
    if (!Arm.OPENTELEMETRY.isThere(plan.root())) {
      section.missing("The OpenTelemetry agent was not fetched: the profile `peers` does.");
    }
    Jdk first = plan.jdks().get(0);
    for (Jdk jdk : Arm.jdks(plan)) {
      measure(plan, jdk, jdk.equals(first), section);
    }
    return section;
  }

  private static void measure(Plan plan, Jdk jdk, boolean underLoad, Section section)
      throws Exception {
    List<Arm> arms = underLoad ? Arm.presentUnderLoad(plan) : Arm.present(plan);
    Table start = startTable(jdk, arms);
    Table load = loadTable(jdk, arms, requests(plan), warmUp(plan));
    Round round = new Round(new Launch(plan), jdk, requests(plan), warmUp(plan), start, load);
    for (int i = 0; i < rounds(plan); i++) {
      for (Arm arm : plan.shuffled(arms)) {
        round.run(arm, underLoad);
      }
    }
    section.add(start).add(plot("shop-start-" + jdk.feature(), start, CPU, WALL));
    if (underLoad) {
      section
          .add(load)
          .add(plot("shop-requests-" + jdk.feature(), load, SERVICE, COLLECTOR))
          .add(plot("shop-latency-" + jdk.feature(), load, P50, P99));
    }
  }

  private static Plot plot(String file, Table table, Quantity... quantities) {
    return new Plot(file, table.title(), table, List.of(quantities), false);
  }

  private static Table startTable(Jdk jdk, List<Arm> arms) {
    String ours = Arm.ENGRAM.label();
    return new Table(
            "Sample shop started, " + jdk.label(),
            "agent",
            Arm.labels(arms),
            List.of(CPU, WALL, RESIDENT, ANONYMOUS, MAPPED))
        .comparedWith(Arm.BARE.label())
        .goal(Goal.addsAtMost("start-up CPU added, " + jdk.label(), ours, CPU, 4));
  }

  private static Table loadTable(Jdk jdk, List<Arm> arms, int requests, int warmUp) {
    String ours = Arm.ENGRAM.label();
    return new Table(
            "Sample shop under load, " + jdk.label(),
            "agent",
            Arm.labels(arms),
            List.of(SERVICE, COLLECTOR, P50, P99, RESIDENT, ANONYMOUS, MAPPED))
        .comparedWith(Arm.BARE.label())
        .goal(Goal.addsAtMost("service CPU added per HTTP request", ours, SERVICE, 13))
        .goal(Goal.addsAtMost("anonymous memory added", ours, ANONYMOUS, 40))
        .goal(Goal.atMost("mapped agent files", ours, MAPPED, 24))
        .note(
            "%,d requests after %,d of warm-up; memory is that after the last request."
                .formatted(requests, warmUp));
  }

  /** At least ten: what a request costs differs from run to run more than what agents add. */
  private static int rounds(Plan plan) {
    return plan.quick() ? plan.rounds() : Math.max(ROUNDS, plan.rounds());
  }

  private static int requests(Plan plan) {
    return plan.quick() ? QUICK : REQUESTS;
  }

  private static int warmUp(Plan plan) {
    return plan.quick() ? QUICK : WARM_UP;
  }

  /** Runs one arm from the start of the shop to its end. */
  private record Round(Launch launch, Jdk jdk, int requests, int warmUp, Table start, Table load) {

    void run(Arm arm, boolean underLoad) throws Exception {
      Path home = launch.freshHome();
      try (Shop shop = launch.shop(jdk, arm, home)) {
        ReadyShop ready = shop.awaitReady();
        double[] memory = memory(ready.memory());
        start.addRound(
            arm.label(),
            Units.seconds(ready.cpu()),
            Units.seconds(ready.wall()),
            memory[0],
            memory[1],
            memory[2]);
        if (underLoad && arm.isEngram()) {
          collected(arm, shop, ready.port(), home);
        } else if (underLoad) {
          load(arm, shop, ready.port(), null, null);
        }
        shop.stop();
      }
    }

    private void collected(Arm arm, Shop shop, int port, Path home) throws Exception {
      try (Child collector = launch.collector(jdk, home)) {
        collector.awaitLine(Launch.COLLECTING);
        try (Stored stored = Stored.await(home)) {
          load(arm, shop, port, collector, stored);
          shop.stop();
          stored.awaitEnd();
          stored.requireRequests(warmUp + requests);
        }
        collector.stop();
      }
    }

    private void load(
        Arm arm, Shop shop, int port, @Nullable Child collector, @Nullable Stored stored)
        throws Exception {
      ShopLoad customers = new ShopLoad(port);
      customers.send(warmUp);
      awaitStored(stored, warmUp);
      Duration shopBefore = shop.cpu();
      Duration collectorBefore = cpu(collector);
      Histogram latencies = customers.send(requests);
      Duration shopAfter = shop.cpu();
      double[] memory = memory(shop.memory());
      awaitStored(stored, warmUp + requests);
      Duration collectorAfter = cpu(collector);
      load.addRound(
          arm.label(),
          Units.micros(shopAfter.minus(shopBefore)) / requests,
          collector == null
              ? Double.NaN
              : Units.micros(collectorAfter.minus(collectorBefore)) / requests,
          Units.micros(latencies.getValueAtPercentile(50)),
          Units.micros(latencies.getValueAtPercentile(99)),
          memory[0],
          memory[1],
          memory[2]);
    }

    private static void awaitStored(@Nullable Stored stored, int count) throws Exception {
      if (stored != null) {
        stored.awaitRequests(count);
      }
    }

    private static Duration cpu(@Nullable Child collector) {
      return collector == null ? Duration.ZERO : Proc.cpu(collector.pid());
    }

    private static double[] memory(MemoryUse use) {
      return new double[] {
        Units.mebibytes(use.resident()),
        Units.mebibytes(use.anonymous()),
        Units.mebibytes(use.mapped())
      };
    }
  }
}
