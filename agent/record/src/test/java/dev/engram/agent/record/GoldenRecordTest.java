package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records as version 1 wrote them. The files never change: a difference is a break of the format.
 * With {@code -Dengram.golden.write=<folder>} the samples that have no file yet are written there.
 */
class GoldenRecordTest {
  static Stream<Map.Entry<String, DecodedRecord>> samples() {
    return SampleRecords.all().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void goldenFile_decodesToItsSample(Map.Entry<String, DecodedRecord> sample) throws IOException {
    byte[] bytes = golden(sample.getKey(), sample.getValue());
    assertThat(RecordDecoder.decode(new UnsafeBuffer(bytes), 0, bytes.length))
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> a.equals(b), Double.class)
        .isEqualTo(sample.getValue());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void encoder_producesTheGoldenBytes(Map.Entry<String, DecodedRecord> sample) throws IOException {
    assertThat(encode(sample.getValue())).isEqualTo(golden(sample.getKey(), sample.getValue()));
  }

  @Test
  void everyKind_hasAGoldenFile() {
    assertThat(SampleRecords.all().values().stream().map(GoldenRecordTest::encode))
        .extracting(bytes -> RecordKind.ofCode(bytes[RecordFormat.KIND_OFFSET]))
        .contains(RecordKind.values());
  }

  static byte[] encode(DecodedRecord record) {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    byte[] bytes = new byte[new RecordEncoder().encode(record, buffer, 0)];
    buffer.getBytes(0, bytes);
    return bytes;
  }

  private static byte[] golden(String name, DecodedRecord sample) throws IOException {
    String file = "/records/v1/" + name + ".bin";
    try (InputStream in = GoldenRecordTest.class.getResourceAsStream(file)) {
      String folder = System.getProperty("engram.golden.write");
      if (in == null && folder != null) {
        Files.write(Path.of(folder, name + ".bin"), encode(sample));
      }
      assertThat(in).as(file).isNotNull();
      return in.readAllBytes();
    }
  }
}
