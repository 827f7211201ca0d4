package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.InstanceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be said of an instance without a collector. */
class LiveCountsTest {
  @RegisterExtension final CollectedHome home = new CollectedHome();

  @Test
  void liveCounts_needNoCollector() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 10);
    service.move(4);

    assertThat(new LiveCounts(home.path(), home.store.reader()).producerCounts())
        .hasEntrySatisfying(
            InstanceFolder.read(service.path).description().running(),
            counts -> {
              assertThat(counts.offered()).isEqualTo(10);
              assertThat(counts.inQueue()).isEqualTo(4);
              assertThat(counts.inRing()).isEqualTo(6);
            });
  }

  @Test
  void liveCounts_ofAnInstanceThatIsGone_sayHowItWent() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 2);
    assertThat(home.present().state()).isEqualTo(InstanceState.RUNNING);

    service.die();

    assertThat(home.present().service()).isEqualTo("shop");
    assertThat(home.present().state()).isEqualTo(InstanceState.KILLED);
    home.collect();
    assertThat(home.stored().state()).isEqualTo(InstanceState.KILLED);
  }

  @Test
  void liveCounts_ofAStoppedInstance_sayThatItWaits() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 2);

    service.stop();

    assertThat(home.present().state()).isEqualTo(InstanceState.STOPPED);
    home.collect();
    assertThat(home.stored().state()).isEqualTo(InstanceState.ENDED);
    assertThat(home.stored().damage()).isNull();
  }
}
