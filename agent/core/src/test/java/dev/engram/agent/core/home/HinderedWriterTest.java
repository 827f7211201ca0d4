package dev.engram.agent.core.home;

import static dev.engram.agent.core.home.RecordedHome.DRAIN;
import static dev.engram.agent.core.home.RecordedHome.assertContinuous;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A writer thread that cannot go on says so once, or goes on later. */
class HinderedWriterTest {
  @RegisterExtension final RecordedHome home = new RecordedHome();

  @Test
  void recordLeftHalfWritten_isSaidOnce() throws Exception {
    ShiftedTime time = new ShiftedTime();
    Recording recording = home.start(1 << 20, 1L << 30, time);
    home.offerUntilQueued();
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream replaced = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setErr(replaced);
      claimAndDie(InstanceReader.only(home.path()).resolve(HomeLayout.RING));
      await()
          .atMost(DRAIN)
          .until(
              () -> {
                time.nanosAhead.addAndGet(Duration.ofSeconds(1).toNanos());
                return home.offer(1, Worth.ORDINARY, 64) && printed.size() > 0;
              });
      time.nanosAhead.addAndGet(Duration.ofMinutes(30).toNanos());
      recording.stop();
    } finally {
      System.setErr(before);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("engram: a record in ")
        .endsWith("was left half written: restart the service to remember");
  }

  @Test
  void writerWithoutMemory_goesOnWhenThereIsSomeAgain() throws Exception {
    ShiftedTime time = new ShiftedTime();
    Recording recording = home.start(1 << 20, 1L << 30, time);
    home.offerUntilQueued();

    time.failures.set(50);
    for (int i = 0; i < 10; i++) {
      assertThat(home.offer(i, Worth.ORDINARY, 64)).isTrue();
    }
    RingHeader header = new InstanceReader(InstanceReader.only(home.path())).header();
    await().atMost(Duration.ofSeconds(60)).until(() -> header.queued() == 11);

    assertThat(time.failures).hasValue(0);
    recording.stop();
    assertContinuous(new InstanceReader(InstanceReader.only(home.path())).queued());
  }

  /** What a thread leaves behind that dies between claim and commit. */
  private static void claimAndDie(Path ring) throws IOException {
    try (FileChannel file =
        FileChannel.open(ring, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer bytes = file.map(FileChannel.MapMode.READ_WRITE, 0, file.size());
      int offset = RingLayout.RING_OFFSET;
      ManyToOneRingBuffer messages =
          new ManyToOneRingBuffer(new UnsafeBuffer(bytes, offset, bytes.capacity() - offset));
      assertThat(messages.tryClaim(RingLayout.typeId(RecordKind.SPAN.code(), false), 64))
          .isPositive();
    }
  }
}
