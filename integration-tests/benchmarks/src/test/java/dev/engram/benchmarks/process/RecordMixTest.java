package dev.engram.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.RecordSink;
import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordMixTest {
  private static final int HUNDREDS = 5;

  private final List<DecodedRecord> records = new ArrayList<>();

  @AfterEach
  void stopCapture() {
    Capture.stop();
  }

  @Test
  void write_givesEverySortItsShare() {
    record(false);

    assertThat(records).hasSize(HUNDREDS * RecordMix.HUNDRED);
    assertThat(records.stream().collect(Collectors.groupingBy(sort(), Collectors.counting())))
        .containsEntry("SQL", 70L * HUNDREDS)
        .containsEntry("HTTP", 20L * HUNDREDS)
        .containsEntry("METHOD", 7L * HUNDREDS)
        .containsEntry("ExceptionRecord", 2L * HUNDREDS)
        .containsEntry("AI", 1L * HUNDREDS);
  }

  @Test
  void write_withBegunNotes_addsOneToEachRequestAndAiCall() {
    record(true);

    // The request that the last records lie in has begun and not ended.
    assertThat(records.stream().map(sort()).filter("BegunRecord"::equals))
        .hasSize(21 * HUNDREDS + 1);
  }

  @Test
  void requests_carryABodyOfTwoKibibytes_andAiCallsEight() {
    record(false);

    assertThat(spans("HTTP")).allMatch(span -> bytes(span) == 2 << 10);
    assertThat(spans("AI")).allMatch(span -> bytes(span) == 8 << 10);
  }

  private void record(boolean begun) {
    Capture.start(Configuration.of(""), new Kept());
    RecordMix mix = new RecordMix(begun);
    for (int i = 0; i < HUNDREDS * RecordMix.HUNDRED; i++) {
      mix.write();
    }
  }

  private static Function<DecodedRecord, String> sort() {
    return record ->
        record instanceof SpanRecord span
            ? span.category().name()
            : record.getClass().getSimpleName();
  }

  private List<SpanRecord> spans(String category) {
    return records.stream()
        .filter(SpanRecord.class::isInstance)
        .map(SpanRecord.class::cast)
        .filter(span -> span.category().name().equals(category))
        .toList();
  }

  private static long bytes(SpanRecord span) {
    return span.payloads().stream().mapToLong(payload -> payload.size()).sum();
  }

  /** Takes everything. */
  private final class Kept implements RecordSink {
    @Override
    public boolean offer(
        RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
      records.add(RecordDecoder.decode(buffer, offset, length));
      return true;
    }

    @Override
    public int maxRecordLength() {
      return 1 << 19;
    }

    @Override
    public void failed() {
      throw new AssertionError("capture failed");
    }

    @Override
    public long roll() {
      return 0;
    }
  }
}
