package dev.engram.agent.core.home;

import static dev.engram.agent.core.home.RecordedHome.DRAIN;
import static dev.engram.agent.core.home.RecordedHome.assertContinuous;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.writer.QueueReader.ReadRecord;
import dev.engram.agent.record.ring.RingHeader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Beats and the queue's files follow time, whatever the wall clock is set to. */
class RecordingClockTest {
  @RegisterExtension final RecordedHome home = new RecordedHome();

  /** What people switch is read in a beat, and holds within two seconds. */
  @Test
  void beat_comesWithinTwoSeconds() {
    HeldTime time = new HeldTime();
    AtomicLong beats = new AtomicLong();
    Recording recording = home.start(1 << 20, 1L << 30, time);
    recording.onBeat(beats::incrementAndGet);
    assertThat(home.offer(1, Worth.ORDINARY, 64)).isTrue();
    await().atMost(DRAIN).until(() -> beats.get() == 1);

    for (int beat = 2; beat < 10; beat++) {
      int wanted = beat;
      time.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
      await().atMost(DRAIN).until(() -> beats.get() == wanted);
    }
  }

  @Test
  void roll_beginsANewFileAndNothingIsLost() throws Exception {
    ShiftedTime time = new ShiftedTime();
    Recording recording = home.start(1 << 20, 1L << 30, time);
    home.offerUntilQueued();
    long before = recording.roll();

    time.nanosAhead.addAndGet(Duration.ofMinutes(6).toNanos());
    await()
        .atMost(DRAIN)
        .until(() -> home.offer(1, Worth.ORDINARY, 64) && recording.roll() > before);
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home.path()));
    assertThat(home.queueFiles()).hasSizeGreaterThan(1);
    assertThat(left.queued()).hasSize((int) left.header().offered());
    assertContinuous(left.queued());
  }

  @Test
  void wallClockJump_neitherRollsNorStops() throws Exception {
    ShiftedTime time = new ShiftedTime();
    Recording recording = home.start(1 << 20, 1L << 30, time);
    home.offerUntilQueued();

    for (long jump : new long[] {-Duration.ofDays(2).toMillis(), Duration.ofDays(4).toMillis()}) {
      time.millisAhead.addAndGet(jump);
      long wall = time.epochMillis();
      RingHeader header = new InstanceReader(InstanceReader.only(home.path())).header();
      await().atMost(DRAIN).until(() -> Math.abs(header.heartbeatEpochMillis() - wall) < 60_000);
      assertThat(home.offer(1, Worth.ORDINARY, 64)).isTrue();
    }
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home.path()));
    assertThat(recording.roll()).isZero();
    assertThat(left.queued()).hasSize((int) left.header().offered());
  }

  @Test
  void wallClockJump_leavesRollsAndOrderAsTheyAre() throws Exception {
    ShiftedTime time = new ShiftedTime();
    Recording recording = home.start(1 << 20, 1L << 30, time);
    home.offerUntilQueued();

    int last = 0;
    for (long jump : new long[] {-Duration.ofDays(2).toMillis(), Duration.ofDays(4).toMillis()}) {
      time.millisAhead.addAndGet(jump);
      long rolls = recording.roll();
      time.nanosAhead.addAndGet(Duration.ofMinutes(6).toNanos());
      for (int i = 0; i < 100; i++) {
        assertThat(home.offer(++last, Worth.ORDINARY, 64)).isTrue();
      }
      await().atMost(DRAIN).until(() -> recording.roll() == rolls + 1);
    }
    recording.stop();

    List<ReadRecord> queued = new InstanceReader(InstanceReader.only(home.path())).queued();
    assertContinuous(queued);
    assertThat(queued.stream().map(record -> new UnsafeBuffer(record.bytes()).getInt(0)))
        .hasSize(last + 1)
        .isSorted();
    assertThat(home.queueFiles()).hasSize(3);
  }
}
