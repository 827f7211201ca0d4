package dev.engram.collector.intake;

import static dev.engram.collector.intake.CollectedHome.assertSettled;
import static dev.engram.collector.intake.CollectedHome.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.store.Accounting;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From ring and queue into the store, each record once, whenever the service ends. */
class CollectorTest {
  @RegisterExtension final CollectedHome home = new CollectedHome();

  @Test
  void runOnce_liveInstance_storesTheQueueAndLeavesTheFolder() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 100);
    service.move(60);

    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 60));
    assertThat(service.path).exists();
    Accounting books = home.books();
    assertThat(books.producer().offered()).isEqualTo(100);
    assertThat(books.producer().queued()).isEqualTo(60);
    assertThat(books.producer().inRing()).isEqualTo(40);
    assertThat(books.read()).isEqualTo(60);
    assertThat(home.lines).isEmpty();
  }

  @Test
  void runOnce_deadInstance_storesQueueAndRingOnceAndRemovesTheFolder() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 100);
    service.move(60);
    home.collect();
    service.die();

    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 100));
    assertThat(HomeLayout.instances(home.path())).isEmptyDirectory();
    assertSettled(home.books(), 100);
    assertThat(home.store.reader().instances().get(0).endedEpochNanos()).isPositive();
    assertThat(home.lines).isEmpty();
  }

  @Test
  void runOnce_shortLifeWithoutQueue_storesTheRing() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 20);
    service.stop();

    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 20));
    assertSettled(home.books(), 20);
  }

  @Test
  void runOnce_manyCycles_storesAllAndRemovesWhatIsStored() throws Exception {
    ServiceFolder service = home.startService();
    for (int cycle = 0; cycle < 4; cycle++) {
      home.offerSpans(cycle * 50 + 1, 50);
      service.move();
      service.roll();
    }

    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 200));
    assertThat(service.cycleFiles()).hasSize(1);
    home.offerSpans(201, 50);
    service.move();
    home.collect();
    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 250));
  }

  @Test
  void runOnce_ringWrapsAround_storesEachRecordOnce() throws Exception {
    ServiceFolder service = home.startService();
    for (int round = 0; round < 20; round++) {
      home.offerSpans(round * 200 + 1, 200);
      service.move(round == 19 ? 50 : 1000);
    }
    service.die();

    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 4000));
    assertSettled(home.books(), 4000);
  }

  @Test
  void runOnce_killedBetweenAppendAndItsCount_countsTheRecordOnce() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 3);
    service.move(2);
    long third = service.header.queuedThrough();
    service.append(third, 3, 3, TestRecords.bytes(TestRecords.span(3)));
    home.collect();
    service.die();

    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 3));
    assertSettled(home.books(), 3);
  }

  /** The writer failed once the excerpt was whole, and went on in a file of its own. */
  @Test
  void runOnce_excerptThatIsAppendedAgain_costsNoOther() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 30);
    service.move(9);
    long tenth = service.header.queuedThrough();
    service.append(tenth, 10, 3, TestRecords.bytes(TestRecords.span(10)));
    service.roll();
    service.move();
    service.die();

    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 30));
    assertSettled(home.books(), 30);
    assertThat(home.books().dropped()).isEmpty();
    assertThat(home.lines).isEmpty();
  }

  @Test
  void open_secondCollector_saysWhoServesTheHome() throws Exception {
    try (Collector first = Collector.open(home.path(), Set.of(), home.store, home.lines::add)) {
      assertThatThrownBy(() -> Collector.open(home.path(), Set.of(), home.store, home.lines::add))
          .isInstanceOf(HomeInUseException.class)
          .hasMessageContaining("pid " + ProcessHandle.current().pid())
          .hasMessageContaining("started 20");
    }
    try (Collector again = Collector.open(home.path(), Set.of(), home.store, home.lines::add)) {
      assertThat(home.path().resolve(HomeLayout.COLLECTOR_FILE)).exists();
    }
    assertThat(home.path().resolve(HomeLayout.COLLECTOR_FILE)).doesNotExist();
  }
}
