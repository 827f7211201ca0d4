package dev.engram.agent.core.home;

import static dev.engram.agent.core.home.RecordedHome.DRAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.writer.QueueReader.ReadRecord;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.ShedReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A queue that nobody collects stays within its limit. */
class FullQueueTest {
  private static final long QUEUE_BLOCK = 4 << 20;

  @RegisterExtension final RecordedHome home = new RecordedHome();

  @Test
  void fullQueue_shedsOrdinaryRecordsThenRemovesOldestFiles() throws Exception {
    Recording recording = home.start(1 << 20, 16L << 20);
    home.offerUntilQueued();
    RingHeader header = new InstanceReader(InstanceReader.only(home.path())).header();

    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (int i = 0; i < 100; i++) {
                home.offer(1, Worth.RESERVED, 4_000);
              }
              return header.queueDropped() > 0;
            });
    long shedBefore = header.writerShed(ShedReason.QUEUE_NEAR_FULL);
    await().atMost(DRAIN).until(() -> home.offer(2, Worth.ORDINARY, 100));
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home.path()));
    List<ReadRecord> read = left.queued();
    assertThat(header.writerShed(ShedReason.QUEUE_NEAR_FULL)).isEqualTo(shedBefore + 1);
    assertThat(header.queued()).isEqualTo(read.size() + header.queueDropped());
    assertThat(header.queueDropped(RecordKind.SPAN.code())).isEqualTo(header.queueDropped());
    assertThat(read.get(0).number()).isEqualTo(header.queueDropped() + 1);
    assertThat(header.offered()).isEqualTo(header.queued() + left.shed());
  }

  /** Beyond its limit it may be by the file that is written, and by what a look may miss. */
  @Test
  void fullQueue_staysWithinItsLimitOnDisk() throws Exception {
    long maxBytes = 64L << 20;
    long file = maxBytes / 16 + QUEUE_BLOCK;
    Recording recording = home.start(1 << 20, maxBytes);
    home.offerUntilQueued();
    RingHeader header = new InstanceReader(InstanceReader.only(home.path())).header();

    long offered = 0;
    while (offered < 3 * maxBytes) {
      for (int i = 0; i < 200; i++) {
        offered += home.offer(i, Worth.RESERVED, 16_000) ? 16_000 : 0;
      }
      assertThat(queueBytesOnDisk()).isLessThanOrEqualTo(maxBytes + file);
    }
    recording.stop();

    assertThat(header.queueDropped() * 16_000).isGreaterThan(maxBytes);
    assertThat(queueBytesOnDisk()).isGreaterThan(maxBytes / 2).isLessThanOrEqualTo(maxBytes + file);
  }

  /** Blocks, not lengths: the files have holes. */
  private long queueBytesOnDisk() throws IOException, InterruptedException {
    Path queue = InstanceReader.only(home.path()).resolve(HomeLayout.QUEUE);
    Process du =
        new ProcessBuilder("du", "-sk", queue.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    du.waitFor();
    return Long.parseLong(line.substring(0, line.indexOf('\t'))) << 10;
  }
}
