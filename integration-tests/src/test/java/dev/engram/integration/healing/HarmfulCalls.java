package dev.engram.integration.healing;

import static org.awaitility.Awaitility.await;

import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/**
 * Faults of calls of which making them again would do damage. Where the place itself is not in
 * question, the same refusal of the same service is healed by then.
 */
final class HarmfulCalls {
  private static final int EVENTS = 40;
  private static final int MELTING = 600;

  /** More in a row than a trial ever heals by chance. */
  private static final int HEALED = 12;

  private static final int OTHERS = 15;
  private static final Duration LEARNT_WITHIN = Duration.ofMinutes(2);
  private static final Episode ONCE = new Episode.ByCount(1);
  private static final String PRICE = "/price";

  private final Traffic traffic;
  private final FaultReport report;
  private final SoftAssertions never;

  /**
   * Against a service that heals, while a collector learns.
   *
   * @param never told of what never may be
   */
  HarmfulCalls(Traffic traffic, FaultReport report, SoftAssertions never) {
    this.traffic = traffic;
    this.report = report;
    this.never = never;
  }

  /** Those that are chosen by their names. */
  void play(Predicate<String> chosen) throws IOException {
    if (chosen.test("payment-answer-lost")) {
      try (PeerStage stage = PeerStage.asked("/pay", i -> FaultyPeer::reset)) {
        eachIsAskedForOnce("payment-answer-lost", stage);
      }
    }
    if (chosen.test("stream-consumed")) {
      try (PeerStage stage = PeerStage.asked("/begin", i -> FaultyPeer::resetMidAnswer)) {
        eachIsAskedForOnce("stream-consumed", stage);
      }
    }
    if (Stream.of("inside-transaction", "while-synchronized", "stale-price", "melting-dependency")
        .anyMatch(chosen)) {
      playWhereItIsHealed(chosen);
    }
  }

  private void playWhereItIsHealed(Predicate<String> chosen) throws IOException {
    try (FaultyPeer peer = new FaultyPeer()) {
      PeerStage healed = refusing(peer, "/get");
      awaitHealed(healed);
      if (chosen.test("inside-transaction")) {
        eachIsAskedForOnce("inside-transaction", refusing(peer, "/get-in-transaction"));
      }
      if (chosen.test("while-synchronized")) {
        eachIsAskedForOnce("while-synchronized", refusing(peer, "/get-synchronized"));
      }
      if (chosen.test("stale-price")) {
        stalePrice(peer);
      }
      if (chosen.test("melting-dependency")) {
        melt(healed);
      }
    }
  }

  private static PeerStage refusing(FaultyPeer peer, String route) {
    return PeerStage.at(peer, route, i -> FaultyPeer.status(503));
  }

  private void awaitHealed(PeerStage stage) {
    int[] events = {0};
    await("%d refusals in a row are healed".formatted(HEALED))
        .atMost(LEARNT_WITHIN)
        .until(
            () -> Stream.generate(() -> events[0]++).limit(HEALED).allMatch(i -> heals(stage, i)));
  }

  private boolean heals(PeerStage stage, int event) {
    askForOthers(stage);
    return traffic.get(stage.event(event, ONCE)).status() == 200;
  }

  private void askForOthers(PeerStage stage) {
    for (int i = 0; i < OTHERS; i++) {
      traffic.get(stage.other());
    }
  }

  /** However it ends. */
  private void eachIsAskedForOnce(String fault, PeerStage stage) {
    for (int i = 0; i < EVENTS; i++) {
      never.assertThat(traffic.get(stage.event(i, ONCE)).status()).as(fault).isEqualTo(500);
      never.assertThat(stage.asked(i)).as("%s, event %d", fault, i).isEqualTo(1);
    }
    report.say("Harm, %s: %d events, each asked for once.", fault, EVENTS);
  }

  /** An answer of before is known each time. */
  private void stalePrice(FaultyPeer peer) {
    int healed = 0;
    for (int price = 1; price <= EVENTS; price++) {
      peer.expect(PRICE, FaultyPeer.status(503), ONCE);
      peer.say(String.valueOf(price));
      Traffic.Answer answer = traffic.get("/get?" + peer.url(PRICE));
      if (answer.status() == 200) {
        healed++;
        never.assertThat(answer.body()).as("price").isEqualTo(String.valueOf(price));
      }
      traffic.get("/get?" + peer.url(PRICE));
    }
    never.assertThat(healed).as("prices that were had at last").isPositive();
    report.say(
        "Harm, stale-price: %d events, %d were healed, with the price of the moment.",
        EVENTS, healed);
  }

  /** What healed it until now makes it no worse once it fails for good. */
  private void melt(PeerStage stage) {
    // The bucket may be full.
    Stream.generate(() -> stage).limit(EVENTS).forEach(this::askForOthers);
    int before = stage.asked();
    for (int i = 0; i < MELTING; i++) {
      traffic.get(stage.event(10_000 + i, new Episode.ForEver()));
    }
    double amplification = (stage.asked() - before) / (double) MELTING;
    report.say(
        "Harm, melting-dependency: %d requests while everything failed, asked %.2f times each.",
        MELTING, amplification);
    never.assertThat(amplification).isLessThan(1.5);
  }
}
