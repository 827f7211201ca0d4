package dev.engram.collector.intake;

import static dev.engram.collector.intake.CollectedHome.assertSettled;
import static dev.engram.collector.intake.CollectedHome.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.store.InstanceState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot be read goes to quarantine and is counted; all else is stored. */
class DamagedFilesTest {
  @RegisterExtension final CollectedHome home = new CollectedHome();

  @Test
  void runOnce_damagedCycleFile_storesTheRestAndKeepsTheFile() throws Exception {
    ServiceFolder service = home.startService();
    for (int cycle = 0; cycle < 3; cycle++) {
      home.offerSpans(cycle * 10 + 1, 10);
      service.move();
      service.roll();
    }
    Path damaged = service.cycleFiles().get(1);
    flip(damaged, lengthHeaderOfExcerpt(damaged, 4));
    service.die();

    home.collect();

    assertThat(home.storedSpans()).containsAll(range(1, 10)).containsAll(range(21, 10));
    assertThat(home.storedSpans().size()).isBetween(20, 29);
    long lost = 30 - home.storedSpans().size();
    assertThat(home.books().dropped()).containsOnly(Map.entry("quarantined", lost));
    assertSettled(home.books(), 30);
    assertThat(home.quarantine().resolve(damaged.getFileName())).exists();
    assertThat(home.lines).singleElement().asString().contains("is damaged");
  }

  @Test
  void runOnce_killedWhileItKeepsADamagedRing_countsTheSameAgain() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 5);
    service.move();
    service.offer(brokenSpan(6), 3);
    home.offerSpans(7, 3);
    service.die();
    Consumer<String> killed =
        line -> {
          if (line.contains("is damaged")) {
            throw new AssertionError("killed at: " + line);
          }
        };
    Collector collector = Collector.open(home.path(), Set.of(), home.store, killed);
    assertThatThrownBy(collector::runOnce).hasMessageContaining("ring is damaged");
    collector.close();

    home.collect();

    assertSettled(home.books(), 9);
    assertThat(home.books().malformed()).isEqualTo(1);
    assertThat(home.quarantine().resolve(HomeLayout.RING)).exists();
    assertThat(HomeLayout.instances(home.path())).isEmptyDirectory();
  }

  @Test
  void runOnce_fileThatIsNoQueue_isSetAside() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 10);
    service.move();
    service.die();
    Path foreign = service.cycleFiles().get(0);
    flip(foreign, 10);

    home.collect();

    assertThat(home.storedSpans()).isEmpty();
    assertThat(home.books().dropped()).containsOnly(Map.entry("quarantined", 10L));
    assertSettled(home.books(), 10);
    assertThat(home.quarantine().resolve(foreign.getFileName())).exists();
  }

  @Test
  void runOnce_recordWithABrokenChecksum_isMalformedAndKept() throws Exception {
    ServiceFolder service = home.startService();
    service.offer(brokenSpan(1), 3);
    home.offerSpans(2, 5);
    service.move();

    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(2, 5));
    assertThat(home.books().malformed()).isEqualTo(1);
    assertThat(home.books().read()).isEqualTo(6);
    Path kept = home.quarantine().resolve(Quarantine.RECORDS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(kept))
        .singleElement()
        .asString()
        .contains("\"record\"", service.instance.toString());
  }

  @Test
  void runOnce_ringWhoseHeaderIsGone_keepsTheLastCountsAndSaysSo() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 10);
    service.move(4);
    home.collect();
    service.die();
    Path ring = service.path.resolve(HomeLayout.RING);
    Files.write(ring, new byte[7]);
    Path description = service.path.resolve(HomeLayout.INSTANCE_FILE);
    Files.setLastModifiedTime(description, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(home.present().state()).isEqualTo(InstanceState.DAMAGED);

    home.collect();

    assertThat(home.stored().state()).isEqualTo(InstanceState.DAMAGED);
    assertThat(home.stored().damage()).isEqualTo("the ring is cut");
    assertThat(home.books().producer().offered()).isEqualTo(10);
    assertThat(home.quarantine().resolve(HomeLayout.RING)).exists();
  }

  private static byte[] brokenSpan(long id) {
    byte[] broken = TestRecords.bytes(TestRecords.span(id));
    broken[broken.length - 1] ^= 1;
    return broken;
  }

  private static void flip(Path file, long offset) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(offset);
      int before = bytes.read();
      bytes.seek(offset);
      bytes.write(before ^ 0x20);
    }
  }

  private static long lengthHeaderOfExcerpt(Path file, int excerpt) throws IOException {
    try (CycleFile cycle = new CycleFile(file)) {
      for (int i = 0; i < excerpt; i++) {
        assertThat(cycle.next()).isEqualTo(CycleFile.Step.EXCERPT);
      }
      return cycle.place();
    }
  }
}
