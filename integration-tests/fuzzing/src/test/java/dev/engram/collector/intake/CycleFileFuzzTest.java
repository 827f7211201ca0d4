package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.InstanceId;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** Queue files, the first with a description as Chronicle Queue writes it or with none. */
class CycleFileFuzzTest {
  private static final long ALLOCATED_AT_MOST = 8 << 20;
  private static final InstanceId ID = new InstanceId(new UUID(1, 2));
  private static final byte[] DESCRIPTION = description();

  @TempDir static Path home;

  @FuzzTest(maxDuration = "35s")
  void poll_endsAndGivesEachExcerptOnce(FuzzedDataProvider data) throws IOException {
    Path folder = Files.createDirectories(home.resolve("shop@" + ID));
    InstanceFolder instance = InstanceFolder.read(folder);
    Path queue = Files.createDirectories(instance.queue());
    Checkpoint from =
        data.consumeBoolean()
            ? Checkpoint.START
            : new Checkpoint(data.consumeInt(0, 4096), data.consumeInt(0, 99), data.consumeInt());
    long appended = data.consumeInt(0, 200);
    Files.write(queue.resolve("20260101-0000F.cq4"), file(data, data.consumeInt(0, 2000)));
    Files.write(queue.resolve("20260101-0005F.cq4"), file(data, data.remainingBytes()));
    // The first time may load classes.
    read(instance, from, appended);
    long before = allocated();
    read(instance, from, appended);
    assertThat(allocated() - before).isLessThan(ALLOCATED_AT_MOST);
  }

  private static void read(InstanceFolder instance, Checkpoint from, long appended)
      throws IOException {
    TakenRecords taken = new TakenRecords(from.position());
    Quarantine quarantine = new Quarantine(home, ID, line -> {});
    try (QueueTail tail = new QueueTail(instance, from, quarantine)) {
      tail.writerGone();
      tail.poll(taken);
      tail.endAt(appended, QueueTail.QUARANTINED, taken);
      assertThat(tail.lastNumber()).isGreaterThanOrEqualTo(from.number());
      assertThat(taken.records + taken.malformed + taken.lost)
          .isLessThanOrEqualTo(tail.lastNumber() - from.number());
    }
  }

  private static byte[] file(FuzzedDataProvider data, int length) {
    byte[] begin = data.consumeBoolean() ? DESCRIPTION : new byte[0];
    byte[] rest = data.consumeBytes(length);
    byte[] bytes = Arrays.copyOf(begin, begin.length + rest.length);
    System.arraycopy(rest, 0, bytes, begin.length, rest.length);
    return bytes;
  }

  private static byte[] description() {
    try (InputStream in = CycleFileFuzzTest.class.getResourceAsStream("cycle-description.bin")) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
