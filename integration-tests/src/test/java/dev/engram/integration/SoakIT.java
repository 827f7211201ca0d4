package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Jdks;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.soak.Footprint;
import dev.engram.integration.soak.Footprint.Quantity;
import dev.engram.integration.soak.ProcessWatch;
import dev.engram.integration.soak.SoakReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The sample shop and its collector under a steady load, on each JDK side by side, with the profile
 * {@code soak}: what they take does not grow. Writes {@code docs/reports/soak.md} and its graphs,
 * whatever came out.
 */
@EnabledIfSystemProperty(named = "engram.soak", matches = ".+")
class SoakIT {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int THREADS = 4;
  private static final Duration PACE = Duration.ofMillis(80);

  @RegisterExtension final Rig rig = new Rig();

  /** What runs on one JDK, with a home of its own. */
  private record Side(Jdk jdk, Path home, Child collector, Child shop, Load load) {
    String name(String process) {
      return process + " on JDK " + jdk.version();
    }
  }

  @Test
  void serviceAndCollectorUnderLoad_takeNoMoreAndMore() throws IOException {
    Duration length = Duration.parse(System.getProperty("engram.soak"));
    List<Side> sides = Jdks.all().map(this::start).toList();
    Map<String, Footprint> footprints = watch(length, sides);
    sides.forEach(side -> side.load.close());
    sides.forEach(side -> side.shop.stop());
    rig.stopCollectors();

    SoakReport.write(length, answered(sides), footprints);
    for (Side side : sides) {
      assertThat(side.load.answered()).as(side.name("service")).hasSameSizeAs(side.load.sent());
      rig.memory(side.jdk, side.home).assertSettled();
    }
    footprints.forEach(SoakIT::assertFlat);
  }

  private Side start(Jdk jdk) {
    Path home = rig.folder().resolve("home-" + jdk.feature());
    Child collector = rig.collector(jdk, home);
    Child shop = rig.shop(jdk, "-Dengram.home=" + home);
    Load load =
        Load.start(
            Traffic.toShop(shop),
            THREADS,
            PACE,
            "/products",
            "/products/2",
            "/legacy",
            "/products/99",
            "/report",
            "/assistant?q=may+I+return+it");
    return new Side(jdk, home, collector, shop, load);
  }

  private static int answered(List<Side> sides) {
    return sides.stream().mapToInt(side -> side.load.answered().size()).sum();
  }

  private static Map<String, Footprint> watch(Duration length, List<Side> sides)
      throws IOException {
    Map<String, ProcessWatch> watches = new LinkedHashMap<>();
    for (Side side : sides) {
      watches.put(side.name("service"), watch(side.shop, side));
      watches.put(side.name("collector"), watch(side.collector, side));
    }
    long began = System.nanoTime();
    await("the end of the soak")
        .atMost(length.plusMinutes(5))
        .pollDelay(EVERY)
        .pollInterval(EVERY)
        .until(
            () -> {
              Duration since = Duration.ofNanos(System.nanoTime() - began);
              for (ProcessWatch watch : watches.values()) {
                watch.look(since);
              }
              return since.compareTo(length) >= 0;
            });
    Map<String, Footprint> footprints = new LinkedHashMap<>();
    for (Map.Entry<String, ProcessWatch> watch : watches.entrySet()) {
      footprints.put(watch.getKey(), watch.getValue().footprint());
      watch.getValue().close();
    }
    return footprints;
  }

  private static ProcessWatch watch(Child process, Side side) throws IOException {
    return ProcessWatch.of(process.handle().pid(), side.home);
  }

  private static void assertFlat(String process, Footprint footprint) {
    for (Quantity quantity : Quantity.values()) {
      assertThat(footprint.growth(quantity))
          .as("growth of %s of the %s, %s", quantity.title(), process, quantity.unit())
          .isLessThanOrEqualTo(footprint.bound(quantity));
    }
  }
}
