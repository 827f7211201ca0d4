package dev.engram.collector.intake;

import static dev.engram.collector.intake.CollectedHome.assertSettled;
import static dev.engram.collector.intake.CollectedHome.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a newer agent wrote is stored as far as it is known, and the rest is kept. */
class NewerFormatsTest {
  /** Where Chronicle Queue's description of a file holds its data format. */
  private static final int DATA_FORMAT_OFFSET = 196;

  @RegisterExtension final CollectedHome home = new CollectedHome();

  @Test
  void runOnce_recordsOfUnknownKinds_areRejectedByKindAndKept() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 3);
    service.offer(newerRecord(), 15);
    service.move();
    service.offer(newerRecord(), 15);
    service.die();

    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 3));
    assertSettled(home.books(), 5);
    assertThat(home.books().rejected()).isEqualTo(2);
    assertThat(home.books().malformed()).isZero();
    assertThat(home.quarantine().resolve(Quarantine.RECORDS))
        .content()
        .contains("of kind 15 of record");
    assertThat(home.lines).hasSize(1).first().asString().contains("of kind 15 of record format 2");
  }

  @Test
  void runOnce_ringOfANewerLayout_storesTheQueueAndKeepsTheRing() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 10);
    service.move(4);
    service.ringLayout(RingLayout.VERSION + 1);
    byte[] ring = Files.readAllBytes(service.path.resolve(HomeLayout.RING));
    home.collect();
    assertThat(home.books().producer().queued()).isEqualTo(home.books().read()).isEqualTo(4);
    assertThat(home.lines).isEmpty();
    service.die();
    ServiceFolder other = new ServiceFolder(home.path());
    other.offer(TestRecords.span(20));
    other.stop();

    home.collect();

    assertThat(home.storedSpans()).containsExactly(1L, 2L, 3L, 4L, 20L);
    assertSettled(home.books(), 4);
    assertThat(home.lines)
        .hasSize(1)
        .first()
        .asString()
        .contains("has layout 2, which this version");
    byte[] kept = Files.readAllBytes(home.quarantine().resolve(HomeLayout.RING));
    assertThat(Arrays.copyOfRange(kept, 4096, kept.length))
        .isEqualTo(Arrays.copyOfRange(ring, 4096, ring.length));
  }

  @Test
  void runOnce_queueOfANewerFormat_keepsTheFileAndStoresTheOthers() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 10);
    service.move();
    home.offerSpans(11, 5);
    service.die();
    Path file = service.cycleFiles().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[DATA_FORMAT_OFFSET] = 2;
    Files.write(file, bytes);
    ServiceFolder other = new ServiceFolder(home.path());
    other.offer(TestRecords.span(20));
    other.stop();

    home.collect();

    assertThat(home.storedSpans()).containsExactly(11L, 12L, 13L, 14L, 15L, 20L);
    assertSettled(home.books(), 15);
    assertThat(home.books().dropped()).isEqualTo(Map.of("quarantined", 10L));
    assertThat(home.quarantine().resolve(file.getFileName())).hasBinaryContent(bytes);
    assertThat(home.lines).hasSize(1).first().asString().contains("of an unknown version");
  }

  private static byte[] newerRecord() {
    byte[] record = TestRecords.bytes(TestRecords.span(99));
    record[0] = 2;
    record[1] = 15;
    return TestRecords.sealed(record);
  }
}
