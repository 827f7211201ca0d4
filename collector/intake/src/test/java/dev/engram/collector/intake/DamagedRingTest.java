package dev.engram.collector.intake;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every byte of a small ring changed or cut: what is readable is recovered, the rest counted. */
class DamagedRingTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);
  private static final int HEADER = RingBytes.HEADER;

  @TempDir Path folder;

  static Stream<Supplier<SmallRing>> rings() {
    return Stream.of(SmallRing::notFreed, SmallRing::paddingFreed, SmallRing::givenUp);
  }

  @ParameterizedTest
  @MethodSource("rings")
  void wholeRing_givesEveryRecordAndIsNotDamaged(Supplier<SmallRing> lived) throws IOException {
    SmallRing ring = lived.get();

    Taken taken = drain(ring, ring.bytes());

    assertThat(taken.records).containsExactlyEntriesOf(ring.unread);
    assertThat(taken.malformed).isZero();
    assertThat(taken.result.damage()).isNull();
  }

  @Test
  void anyChangedByte_losesNoOtherRecord() {
    changeAnyByte(SmallRing.notFreed());
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("rings")
  void anyChangedByteOfAnyRing_losesNoOtherRecord(Supplier<SmallRing> lived) {
    changeAnyByte(lived.get());
  }

  private void changeAnyByte(SmallRing ring) {
    byte[] whole = ring.bytes();
    assertTimeoutPreemptively(
        LONG_ENOUGH,
        () -> {
          for (int at = 0; at < whole.length; at++) {
            for (int change : changes(ring, whole, at)) {
              byte[] changed = whole.clone();
              changed[at] ^= (byte) change;
              verify(ring, changed, List.of(at), at + " ^ " + change);
            }
          }
        });
  }

  /** Each bit where bytes have a meaning of their own, all bits at once elsewhere. */
  private static int[] changes(SmallRing ring, byte[] whole, int at) {
    int inRing = at - RingLayout.RING_OFFSET;
    boolean header = at < RingLayout.SHEDDING_OFFSET + Long.BYTES;
    boolean recordHeader =
        inRing >= 0 && inRing < ring.capacity() && isHeader(whole, at & -RingBytes.ALIGNMENT);
    boolean trailer = inRing >= ring.capacity() && whole[at] != 0;
    return header || recordHeader || trailer
        ? new int[] {0xFF, 1, 2, 4, 8, 16, 32, 64, 128}
        : new int[] {0xFF};
  }

  /** A length and a type, or zeros: that of a claim, or of what nobody claimed. */
  private static boolean isHeader(byte[] whole, int at) {
    int type = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(at + Integer.BYTES);
    return type >= -1 && type < 0x200;
  }

  @ParameterizedTest
  @MethodSource("rings")
  void anyLengthTheFileIsCutTo_leavesTheRecordsBefore(Supplier<SmallRing> lived) {
    SmallRing ring = lived.get();
    byte[] whole = ring.bytes();
    assertTimeoutPreemptively(
        LONG_ENOUGH,
        () -> {
          for (int length = 0; length < whole.length; length++) {
            verifyCut(ring, Arrays.copyOf(whole, length));
          }
        });
  }

  private void verify(SmallRing ring, byte[] changed, List<Integer> places, String change)
      throws IOException {
    Taken taken = drain(ring, changed);
    if (!ring.givenUp.isEmpty() && places.stream().anyMatch(DamagedRingTest::isOfTheGivenUp)) {
      assertThat(ring.unread.size() - taken.records.size()).as(change).isLessThanOrEqualTo(1);
      return;
    }
    if (isOfAnotherLayout(places)) {
      assertThat(taken.records).as(change).isEmpty();
      assertThat(taken.result.damage()).as(change).isNotNull();
      return;
    }
    SortedMap<Long, byte[]> untouched = new TreeMap<>(ring.unread);
    untouched.keySet().removeIf(it -> places.stream().anyMatch(at -> isOf(ring, it, at)));
    assertThat(taken.records.keySet()).as(change).containsAll(untouched.keySet());
    verifyNothingInvented(ring, taken, change);
  }

  /** Nothing else tells which record was given up while it is not freed: one may be mistaken. */
  private static boolean isOfTheGivenUp(int at) {
    return at >= RingLayout.SHEDDING_OFFSET && at < RingLayout.SHEDDING_OFFSET + Long.BYTES
        || at >= RingLayout.WRITER_SHED_OFFSET && at < RingLayout.STRIPES_OFFSET;
  }

  private static boolean isOfAnotherLayout(List<Integer> places) {
    return places.stream()
        .anyMatch(at -> at >= RingLayout.VERSION_OFFSET && at < RingLayout.CAPACITY_OFFSET);
  }

  /** What is lost is lost from a ring that is said to be damaged, and counted. */
  private static void verifyNothingInvented(SmallRing ring, Taken taken, String change) {
    verifyDamageIsTold(ring, taken, change);
    int missing = ring.unread.size() - taken.records.size();
    assertThat(taken.malformed + taken.result.claims()).as(change).isGreaterThanOrEqualTo(missing);
    assertThat(taken.result.records()).as(change).isEqualTo(taken.records.size() + taken.malformed);
    assertThat(taken.malformed).as(change).isLessThanOrEqualTo(missing + 1);
  }

  private static void verifyDamageIsTold(SmallRing ring, Taken taken, String change) {
    for (Map.Entry<Long, byte[]> record : taken.records.entrySet()) {
      assertThat(record.getValue()).as(change).isEqualTo(ring.unread.get(record.getKey()));
    }
    if (taken.records.size() < ring.unread.size()) {
      assertThat(taken.result.damage()).as(change).isNotNull();
    }
  }

  private static boolean isOf(SmallRing ring, long position, int at) {
    int begin = place(ring, position);
    return at >= begin && at < begin + HEADER + ring.unread.get(position).length;
  }

  private static int place(SmallRing ring, long position) {
    return RingLayout.RING_OFFSET + (int) (position & (ring.capacity() - 1));
  }

  /**
   * With the file's end goes the tail. Records of the next lap that lead up to the cut might then
   * as well be ones that were queued and not freed: these are kept with the file.
   */
  private void verifyCut(SmallRing ring, byte[] cut) throws IOException {
    String length = "cut to " + cut.length;
    Taken taken = drain(ring, cut);
    assertThat(taken.result.damage()).as(length).isEqualTo("is cut");
    if (cut.length < RingLayout.RING_OFFSET) {
      assertThat(taken.records).as(length).isEmpty();
      return;
    }
    verifyNothingInvented(ring, taken, length);
    for (long position : ring.unread.keySet()) {
      boolean there =
          place(ring, position) + HEADER + ring.unread.get(position).length <= cut.length;
      boolean doubtful = place(ring, position) < place(ring, ring.begin());
      if (there && !(doubtful && leadsToTheCut(ring, position, cut))) {
        assertThat(taken.records).as(length).containsKey(position);
      }
    }
  }

  private static boolean leadsToTheCut(SmallRing ring, long from, byte[] cut) {
    long at = from;
    while (ring.unread.containsKey(at) && place(ring, at) < cut.length) {
      at = RingLayout.positionAfter(at, ring.unread.get(at).length);
    }
    return cut.length < place(ring, ring.begin()) && place(ring, at) + HEADER > cut.length;
  }

  private Taken drain(SmallRing ring, byte[] bytes) throws IOException {
    Path file = folder.resolve("ring");
    boolean cut = Files.exists(file) && Files.size(file) > bytes.length;
    Files.write(file, bytes, CREATE, WRITE, cut ? TRUNCATE_EXISTING : WRITE);
    Taken taken = new Taken();
    try (DeadRing dead =
        new DeadRing(file, SmallRing.INSTANCE, SmallRing.header(bytes), ring.queueEnd())) {
      assertThat(dead.drain(-1, ring.queueEnd().number(), taken)).isTrue();
      taken.result = dead.result();
    }
    return taken;
  }

  /** Keeps what is given. */
  private static final class Taken implements RecordTaker {
    final SortedMap<Long, byte[]> records = new TreeMap<>();
    RingDrain result;
    int malformed;
    private long last = -1;

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void record(
        long position, long number, long place, DirectBuffer buffer, int offset, int length) {
      byte[] bytes = new byte[length];
      buffer.getBytes(offset, bytes);
      records.put(position, bytes);
      advance(position);
    }

    @Override
    public void malformed(
        long position, long number, String reason, DirectBuffer buffer, int offset, int length) {
      buffer.boundsCheck(offset, length);
      malformed++;
      advance(position);
    }

    private void advance(long position) {
      assertThat(position).isGreaterThan(last);
      last = position;
    }

    @Override
    public void lost(long number, String reason, long records) {
      throw new AssertionError("a ring has no numbers");
    }
  }
}
