package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Traffic;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The faults of which running an operation again would do damage, in a service that heals: also
 * where the same failure of the same operation is healed elsewhere.
 */
final class HarmfulFaults {
  private static final Duration LEARNT_WITHIN = Duration.ofMinutes(2);
  private static final int EVENTS = Artifacts.isFullTier() ? 5 : 2;
  private static final int MELTING = 400;
  private static final int CALLERS = 8;

  /** Of a full bucket, after timeouts. */
  private static final int PAID_IN_ADVANCE = 50;

  private final Traffic traffic;
  private final UnaryOperator<String> inForce;

  /**
   * In a service where {@code Prices#load} is healed.
   *
   * @param inForce see {@link HealingIT}
   */
  HarmfulFaults(Traffic traffic, UnaryOperator<String> inForce) {
    this.traffic = traffic;
    this.inForce = inForce;
  }

  void doNoHarm() {
    for (int i = 0; i < EVENTS; i++) {
      // payment-answer-lost, insert-answer-lost, stream-consumed
      assertRunsOnce(traffic, "/payment", "payment");
      assertThat(traffic.get("/insert").status()).isEqualTo(500);
      assertRunsOnce(traffic, "/stream", "stream");
      // inside-transaction, also where it is over by then; while-synchronized
      assertRunsOnce(traffic, "/transaction?1,0", "load");
      assertRunsOnce(traffic, "/rolled-back?1,0", "load");
      assertRunsOnce(traffic, "/synchronized?1,0", "load");
    }
    assertThat(traffic.get("/sold").body()).as("of as many").isEqualTo(String.valueOf(EVENTS));
    assertThat(runs(traffic, "shown")).isEqualTo(EVENTS * "some".length());
    // select-for-update
    assertRunsOnce(traffic, "/function", "function");
    if (Artifacts.isFullTier()) {
      stalePrice();
      meltingDependency();
    }
  }

  /** It fails, and its operation ran once. */
  static void assertRunsOnce(Traffic traffic, String path, String operation) {
    int before = runs(traffic, operation);
    assertThat(traffic.get(path).status()).as(path).isEqualTo(500);
    assertThat(runs(traffic, operation) - before).as("runs of " + path).isEqualTo(1);
  }

  /** What is healed is no old answer. */
  private void stalePrice() {
    for (int healed = 0, price = 100; healed < EVENTS; price++) {
      traffic.get("/price?" + price);
      Traffic.Answer answer = traffic.get("/fresh?1,0");
      if (answer.status() == 200) {
        assertThat(answer.body()).isEqualTo(String.valueOf(price));
        healed++;
      }
      assertThat(price).as("healed at last").isLessThan(10_000);
    }
  }

  private void meltingDependency() {
    melt(MELTING / CALLERS);
    await("it is to be tried")
        .atMost(LEARNT_WITHIN)
        .until(() -> !inForce.apply("#askLate").isEmpty());
    int before = runs(traffic, "melting");
    melt(MELTING);
    assertThat(runs(traffic, "melting") - before)
        .as("calls of %d requests", MELTING)
        .isLessThanOrEqualTo(MELTING + MELTING / 10 + PAID_IN_ADVANCE);
  }

  private void melt(int requests) {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    Stream.generate(() -> CompletableFuture.runAsync(() -> traffic.get("/melting"), callers))
        .limit(requests)
        .toList()
        .forEach(CompletableFuture::join);
    callers.shutdown();
  }

  private static int runs(Traffic traffic, String operation) {
    return Integer.parseInt(traffic.get("/runs?" + operation).body());
  }
}
