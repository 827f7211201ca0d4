package dev.engram.agent.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.writer.QueueReader.ReadRecord;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service leaves behind, however it ends. */
class KilledServiceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int THREADS = 4;

  @TempDir Path temporary;

  @Test
  void killUnderLoad_leavesEachCommittedRecordOnce() throws Exception {
    int kills = "full".equals(System.getProperty("engram.tier")) ? 50 : 4;
    for (int i = 0; i < kills; i++) {
      Path scratch = Files.createDirectory(temporary.resolve("kill-" + i));
      try (ServiceProcess service = start(scratch)) {
        RingHeader live = awaitQueued(scratch, 20_000 + i * 7_919L);
        assertThat(live.state()).isEqualTo(RingLayout.STATE_RUNNING);
        assertThat(isLocked(scratch)).isTrue();

        service.kill();

        assertThat(isLocked(scratch)).isFalse();
        verifyNothingLostNorTwice(scratch, service.accepted());
      }
    }
  }

  @Test
  void endUnderLoad_leavesACleanStop() throws Exception {
    Path scratch = Files.createDirectory(temporary.resolve("end"));
    try (ServiceProcess service = start(scratch)) {
      awaitQueued(scratch, 10_000);

      assertThat(service.end()).isZero();

      InstanceReader left = new InstanceReader(InstanceReader.only(scratch.resolve("home")));
      assertThat(left.header().state()).isEqualTo(RingLayout.STATE_STOPPED);
      assertThat(service.output()).isEmpty();
      verifyNothingLostNorTwice(scratch, service.accepted());
    }
  }

  private static ServiceProcess start(Path scratch) throws IOException {
    return new ServiceProcess(scratch.resolve("home"), scratch, 256 << 10, 1 << 20, THREADS);
  }

  private static RingHeader awaitQueued(Path scratch, long records) throws IOException {
    Path instances = HomeLayout.instances(scratch.resolve("home"));
    await()
        .atMost(PATIENCE)
        .until(() -> Files.isDirectory(instances) && InstanceReader.isComplete(instances));
    RingHeader header = new InstanceReader(InstanceReader.only(instances.getParent())).header();
    await().atMost(PATIENCE).until(() -> header.queued() > records);
    return header;
  }

  private static void verifyNothingLostNorTwice(Path scratch, List<Long> accepted)
      throws IOException {
    InstanceReader left = new InstanceReader(InstanceReader.only(scratch.resolve("home")));
    List<ReadRecord> queued = left.queued();
    List<ReadRecord> all = left.all();
    long[] next = new long[THREADS];
    for (ReadRecord record : all) {
      ByteBuffer bytes = ByteBuffer.wrap(record.bytes()).order(ByteOrder.nativeOrder());
      assertThat(bytes.getLong(8)).isEqualTo(next[(int) bytes.getLong(0)]++);
    }
    for (int thread = 0; thread < THREADS; thread++) {
      // The last record may have been committed and the thread killed before it noted so.
      assertThat(next[thread]).isBetween(accepted.get(thread), accepted.get(thread) + 1);
    }
    RingHeader header = left.header();
    assertThat(queued.get(queued.size() - 1).number()).isEqualTo(queued.size());
    assertThat(header.queued()).isBetween(queued.size() - 1L, (long) queued.size());
    long abandoned = header.offered() - all.size() - left.shed();
    assertThat(abandoned)
        .isBetween(0L, header.offered() - header.answered() + left.skippedClaims());
  }

  private static boolean isLocked(Path scratch) throws IOException {
    Path folder = InstanceReader.only(scratch.resolve("home"));
    try (FileChannel channel =
            FileChannel.open(folder.resolve(HomeLayout.INSTANCE_LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }
}
