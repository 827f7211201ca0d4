package dev.engram.collector.intake;

import static dev.engram.collector.intake.CollectedHome.assertSettled;
import static dev.engram.collector.intake.CollectedHome.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.record.ring.ShedReason;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What never came to the store is in the books, with its time and reason. */
class LostRecordsTest {
  private static final Period ALWAYS = new Period(0, Long.MAX_VALUE);

  @RegisterExtension final CollectedHome home = new CollectedHome();

  @Test
  void runOnce_claimOfAKilledProducer_isAbandoned() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 3);
    service.claimAndDie(120);
    home.offerSpans(4, 3);
    service.die();

    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 6));
    Accounting books = home.books();
    assertThat(books.producer().abandoned()).isEqualTo(1);
    assertThat(books.producer().offered()).isEqualTo(7);
    assertThat(books.producer().written()).isEqualTo(6);
    assertThat(home.lines).isEmpty();
  }

  @Test
  void runOnce_recordThatWasCountedAndNeverWritten_isMissingInTheBooks() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 3);
    service.loseOne();
    service.die();

    home.collect();

    ProducerCounts counts = home.books().producer();
    assertThat(counts.offered()).isEqualTo(4);
    assertThat(counts.written()).isEqualTo(3);
    assertThat(counts.shed()).isEmpty();
    assertThat(counts.abandoned()).isZero();
  }

  @Test
  void runOnce_lossesOfARunningInstance_areNotedBetweenTwoLooks() throws Exception {
    SteppedClock clock = new SteppedClock(System.currentTimeMillis());
    long first = clock.epochNanos();
    Territory territory = Territory.ofThisHost();
    ServiceFolder service = home.startService();
    try (Collector collector =
        Collector.open(home.path(), territory, home.store, home.lines::add, clock)) {
      service.shed(ShedReason.RING_FULL, 3);
      collector.runOnce();
      clock.step();
      collector.runOnce();
      long second = clock.epochNanos();
      clock.step();
      service.shed(ShedReason.RING_FULL, 2);
      collector.runOnce();

      assertThat(home.store.reader().losses(ALWAYS))
          .extracting(Loss::service, Loss::term, Loss::reason, Loss::count, Loss::period)
          .containsExactly(
              tuple("shop", Loss.SHED, "ring_full", 3L, new Period(1_000, first)),
              tuple("shop", Loss.SHED, "ring_full", 2L, new Period(second, clock.epochNanos())));
    }
  }

  @Test
  void runOnce_lossesOfADeadInstance_areNotedUntilItsNextHeartbeatsWereMissed() throws Exception {
    ServiceFolder service = home.startService();
    service.claimAndDie(120);
    home.offerSpans(1, 3);
    service.die();
    long heartbeat = service.header.heartbeatEpochMillis() * 1_000_000;
    long stale = heartbeat + InstanceFolder.STALE.toNanos();

    home.collect();

    assertThat(home.store.reader().losses(ALWAYS))
        .extracting(Loss::term, Loss::count, Loss::period)
        .containsExactly(tuple(Loss.ABANDONED, 1L, new Period(1_000, stale)));
  }

  @Test
  void runOnce_cyclesRemovedByTheWriter_areDropped() throws Exception {
    ServiceFolder service = home.startService();
    for (int cycle = 0; cycle < 3; cycle++) {
      home.offerSpans(cycle * 10 + 1, 10);
      service.move();
      service.roll();
    }
    Files.delete(service.cycleFiles().get(1));
    service.die();

    home.collect();

    assertThat(home.storedSpans()).hasSize(20);
    assertThat(home.books().dropped()).containsOnly(Map.entry("queue_full", 10L));
    assertSettled(home.books(), 30);
  }

  @Test
  void run_folderThatIsRemoved_closesItsBooksWithWhatWasKnown() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 100);
    service.move(60);
    try (Collector collector = Collector.open(home.path(), Set.of(), home.store, home.lines::add)) {
      Thread running = new Thread(collector::run);
      running.start();
      await().until(() -> home.store.reader().accounting().containsKey(service.id()));
      await().until(() -> home.books().producer().offered() == 100 && home.books().read() == 60);
      PrivateFiles.remove(service.path);
      await().until(() -> home.store.reader().instances().get(0).endedEpochNanos() > 0);
      collector.stop();
      running.join();
    }

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 60));
    assertSettled(home.books(), 100);
    assertThat(home.books().dropped()).containsExactly(Map.entry("removed", 40L));
    assertThat(home.lines).singleElement().asString().contains("was removed: what was not read");
  }

  /** Stands still between its steps of 90 seconds. */
  private static final class SteppedClock extends Clock {
    private long millis;

    SteppedClock(long millis) {
      this.millis = millis;
    }

    void step() {
      millis += 90_000;
    }

    long epochNanos() {
      return millis * 1_000_000;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
