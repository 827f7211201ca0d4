package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadRingTest {
  private static final int RECORDS = 60;

  @TempDir Path home;
  private ServiceFolder service;
  private byte[] ring;

  @BeforeEach
  void recordAndDie() throws IOException {
    service = new ServiceFolder(home);
    for (int id = 1; id <= 450; id++) {
      service.offer(TestRecords.span(id));
      if (id % 30 == 0) {
        service.move();
      }
    }
    for (int id = 1; id <= RECORDS; id++) {
      service.offer(TestRecords.span(id));
    }
    service.die();
    ring = Files.readAllBytes(service.path.resolve(HomeLayout.RING));
  }

  @Test
  void wholeRing_givesEveryRecord() throws IOException {
    Taken taken = drain(ring, -1);

    assertThat(taken.spans).hasSize(RECORDS).doesNotHaveDuplicates();
    assertThat(taken.result).isEqualTo(new RingDrain(RECORDS, 0, null));
  }

  /** By a collector that was killed before it could remove the folder. */
  @Test
  void recordsThatAreStored_areCounted_andNotGivenAgain() throws IOException {
    Taken all = drain(ring, -1);
    long stored = all.positions.get(RECORDS / 3);

    Taken rest = drain(ring, stored);

    assertThat(rest.positions).isEqualTo(all.positions.subList(RECORDS / 3 + 1, RECORDS));
    assertThat(rest.result).isEqualTo(all.result);
  }

  @Test
  void anyFlippedBitOfHeaderAndCounters_losesNothingAndRepeatsNothing() throws IOException {
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at < RingLayout.STATE_OFFSET; at++) {
      places.add(at);
    }
    for (int at = ring.length - 768; at < ring.length; at++) {
      places.add(at);
    }
    for (int at : places) {
      boolean version = at >= RingLayout.VERSION_OFFSET && at < RingLayout.CAPACITY_OFFSET;
      for (int bit = 0; bit < 8; bit += 3) {
        Taken taken = drain(flipped(at, bit), -1);
        assertThat(taken.spans).as("byte %d, bit %d", at, bit).doesNotHaveDuplicates();
        assertThat(taken.spans.size())
            .as("byte %d, bit %d", at, bit)
            .isEqualTo(version ? 0 : RECORDS);
      }
    }
  }

  private byte[] flipped(int at, int bit) {
    byte[] copy = ring.clone();
    copy[at] ^= (byte) (1 << bit);
    return copy;
  }

  private Taken drain(byte[] bytes, long stored) throws IOException {
    Path file = home.resolve("ring-copy");
    Files.write(file, bytes);
    Optional<RingHeader> header =
        bytes.length < RingLayout.RING_OFFSET
            ? Optional.empty()
            : Optional.of(new RingHeader(new UnsafeBuffer(bytes, 0, RingLayout.RING_OFFSET)));
    Taken taken = new Taken();
    long endOfQueue = new RingHeader(new UnsafeBuffer(ring, 0, 4096)).queuedThrough();
    try (DeadRing dead =
        new DeadRing(file, service.instance, header, new QueueEnd(endOfQueue, 450))) {
      assertThat(dead.drain(stored, 450, taken)).isTrue();
      taken.result = dead.result();
    }
    return taken;
  }

  /** Keeps what is given. */
  private static final class Taken implements RecordTaker {
    final List<Long> spans = new ArrayList<>();
    final List<Long> positions = new ArrayList<>();
    RingDrain result;
    int malformed;

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void record(
        long position, long number, long place, DirectBuffer buffer, int offset, int length) {
      DecodedRecord record = RecordDecoder.decode(buffer, offset, length);
      spans.add(((SpanRecord) record).spanId());
      positions.add(position);
    }

    @Override
    public void malformed(
        long position, long number, String reason, DirectBuffer buffer, int offset, int length) {
      malformed++;
    }

    @Override
    public void lost(long number, String reason, long records) {
      throw new AssertionError("a ring has no numbers");
    }
  }
}
