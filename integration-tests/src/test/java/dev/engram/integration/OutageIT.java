package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Jdks;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A collector that is killed under load and started again much later. How long it is away is {@code
 * -Dengram.outage}, such as {@code PT10M}.
 */
@Tag("full")
class OutageIT {
  private static final Duration OUTAGE =
      Duration.parse(System.getProperty("engram.outage", Duration.ofMinutes(1).toString()));

  private static final int THREADS = 12;
  private static final Duration PACE = Duration.ofMillis(15);

  @RegisterExtension final Rig rig = new Rig();

  private final Jdk jdk = Jdks.all().findFirst().orElseThrow();

  @Test
  void collectorThatWasAway_catchesUp_withNothingLostAndNothingTwice() throws IOException {
    Memory memory = rig.memory(jdk);
    Child collector = rig.collector(jdk);
    Child service = service();
    Traffic traffic = Traffic.toApplication(service);
    Load load = Load.start(traffic, THREADS, PACE, "/hello", "/gone", "/teapot/x");
    load.awaitMore(200);
    memory.awaitStored(200);
    collector.kill();
    awaitOutage(load);
    int waiting = assertThatAllWaits(memory, load);
    Duration caughtUp = catchUp(memory, load);
    load.awaitMore(200).close();
    service.stop();
    rig.stopCollectors();

    Requests requests = memory.drain().requests();
    assertThat(load.answered()).hasSameSizeAs(load.sent()).allSatisfy(requests::assertRemembered);
    assertThat(requests.count()).isEqualTo(load.answered().size());
    assertThat(sum(memory.status().path("total").path("shed"))).as("shed").isZero();
    assertThat(sum(memory.status().path("total").path("dropped"))).as("dropped").isZero();
    System.out.printf(
        "away for %d s on %s: %d requests answered meanwhile, stored %.1f s after its return;"
            + " %d requests in all%n",
        OUTAGE.toSeconds(), jdk, waiting, caughtUp.toMillis() / 1e3, requests.count());
  }

  private Child service() {
    return rig.java("service", jdk)
        .agent()
        .options("-Dengram.queue.roll=minutely")
        .application(HttpServerApp.class)
        .start();
  }

  /** Meanwhile requests are answered as ever. */
  private static void awaitOutage(Load load) {
    long end = System.nanoTime() + OUTAGE.toNanos();
    await("the outage to end")
        .atMost(OUTAGE.plusMinutes(1))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              load.awaitMore(THREADS);
              return System.nanoTime() - end >= 0;
            });
  }

  /** What was answered and is not stored. */
  private int assertThatAllWaits(Memory memory, Load load) throws IOException {
    int answered = load.answered().size();
    int waiting = answered - memory.status().path("total").path("stored").asInt();
    System.out.printf(
        "the home takes %d MiB while %d requests wait%n",
        HomeFiles.bytes(rig.home()) >> 20, waiting);
    assertThat(waiting).isGreaterThan((int) OUTAGE.toSeconds());
    return waiting;
  }

  private Duration catchUp(Memory memory, Load load) {
    long began = System.nanoTime();
    rig.collector(jdk);
    memory.awaitStored(load.answered().size());
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.asLong();
    }
    return sum;
  }
}
