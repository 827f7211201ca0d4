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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The sample shop and its collector under a steady load, with the profile {@code soak}: what they
 * take does not grow. Writes {@code docs/reports/soak.md} and its graphs, whatever came out.
 */
@EnabledIfSystemProperty(named = "engram.soak", matches = ".+")
class SoakIT {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int THREADS = 4;
  private static final Duration PACE = Duration.ofMillis(80);

  @RegisterExtension final Rig rig = new Rig();

  private final Jdk jdk = Jdks.all().findFirst().orElseThrow();

  @Test
  void serviceAndCollectorUnderLoad_takeNoMoreAndMore() throws IOException {
    Duration length = Duration.parse(System.getProperty("engram.soak"));
    Child collector = rig.collector(jdk);
    Child shop = rig.shop(jdk);
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
    Map<String, Footprint> footprints =
        watch(length, Map.of("service", shop, "collector", collector));
    load.close();
    shop.stop();
    rig.stopCollectors();

    SoakReport.write(jdk, length, load.answered().size(), footprints);
    assertThat(load.answered()).hasSameSizeAs(load.sent());
    footprints.forEach(SoakIT::assertFlat);
  }

  private Map<String, Footprint> watch(Duration length, Map<String, Child> processes)
      throws IOException {
    Map<String, ProcessWatch> watches = new LinkedHashMap<>();
    for (String name : List.of("service", "collector")) {
      watches.put(name, ProcessWatch.of(processes.get(name).handle().pid(), rig.home()));
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

  private static void assertFlat(String process, Footprint footprint) {
    for (Quantity quantity : Quantity.values()) {
      assertThat(footprint.growth(quantity))
          .as("growth of %s of the %s, %s", quantity.title(), process, quantity.unit())
          .isLessThanOrEqualTo(footprint.bound(quantity));
    }
  }
}
