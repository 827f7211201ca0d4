package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordRoundTripTest {
  private final RecordEncoder encoder = new RecordEncoder();

  static Stream<DecodedRecord> samples() {
    return SampleRecords.all().values().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyKind_comesBackEqual(DecodedRecord record) {
    assertSame(record, roundTrip(record, new ExpandableArrayBuffer(), 0));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyKind_comesBackEqualFromOffHeapMemoryAtAnyOffset(DecodedRecord record) {
    UnsafeBuffer onHeap = new UnsafeBuffer(new byte[64 << 10], 7, (64 << 10) - 7);
    int length = encoder.encode(record, onHeap, 13);
    UnsafeBuffer offHeap = new UnsafeBuffer(ByteBuffer.allocateDirect(64 << 10));
    offHeap.putBytes(0, onHeap, 13, length);
    assertSame(record, RecordDecoder.decode(offHeap, 0, length));
  }

  @Test
  void mebibyteOfText_comesBackEqual() {
    String text = SampleRecords.HOSTILE.repeat(1 + (1 << 20) / SampleRecords.HOSTILE.length());
    assertSame(lifecycle(Map.of("text", text)), roundTrip(lifecycle(Map.of("text", text))));
  }

  @Test
  void loneSurrogates_becomeReplacementCharacters() {
    DecodedRecord back = roundTrip(lifecycle(Map.of("text", "a\uD800b\uDC00\uD83D")));
    assertSame(lifecycle(Map.of("text", "a\uFFFDb\uFFFD\uFFFD")), back);
  }

  @Test
  void text_ofEveryLengthAroundAPrefixStep_comesBackEqual() {
    for (int length :
        new int[] {0, 41, 42, 43, 127, 128, 5460, 5461, 5462, 16383, 16384, 700_000}) {
      for (String piece : List.of("x", "é", "€")) {
        LifecycleRecord record = lifecycle(Map.of("text", piece.repeat(length)));
        assertSame(record, roundTrip(record));
      }
    }
  }

  @Test
  void limit_cutsTextOnACharacterBoundary() {
    MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    int length =
        encoder
            .begin(RecordKind.LIFECYCLE, buffer, 0)
            .put(Field.EVENT, "start", 3)
            .attribute(AttributeKey.of("text"), "a€😀", 7)
            .attribute(AttributeKey.URL_PATH, "a€😀", 8)
            .end();
    assertThat(RecordDecoder.decode(buffer, 0, length))
        .isEqualTo(new LifecycleRecord(0, "sta", Map.of("text", "a€", "url.path", "a€😀")));
  }

  @Test
  void attributeOfUnknownCode_keepsItsValue() {
    MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    encoder.begin(RecordKind.LIFECYCLE, buffer, 0);
    int group = encoder.open(Field.ATTRIBUTE);
    encoder.put(Field.ATTRIBUTE_CODE, 60_000).put(Field.ATTRIBUTE_LONG, 5).close(group);
    assertThat(RecordDecoder.decode(buffer, 0, encoder.end()))
        .isEqualTo(new LifecycleRecord(0, "", Map.of("engram.attribute.60000", 5L)));
  }

  @Test
  void endedNote_isSmall() {
    EndedRecord ended =
        new EndedRecord(SampleRecords.YEAR_2262, -1, 3_600_000_000_000L, SpanStatus.ERROR);
    assertThat(encoder.encode(ended, new ExpandableArrayBuffer(), 0)).isLessThanOrEqualTo(40);
  }

  private DecodedRecord roundTrip(DecodedRecord record) {
    return roundTrip(record, new ExpandableArrayBuffer(), 0);
  }

  private DecodedRecord roundTrip(DecodedRecord record, MutableDirectBuffer buffer, int offset) {
    int length = encoder.encode(record, buffer, offset);
    return RecordDecoder.decode(buffer, offset, length);
  }

  private static LifecycleRecord lifecycle(Map<String, Object> attributes) {
    return new LifecycleRecord(1, "start", attributes);
  }

  /** Field by field, because records compare arrays by identity. */
  private static void assertSame(DecodedRecord expected, DecodedRecord actual) {
    assertThat(actual).isExactlyInstanceOf(expected.getClass());
    assertThat(actual)
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> a.equals(b), Double.class)
        .isEqualTo(expected);
  }
}
