package dev.engram.collector.intake;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.util.List;
import java.util.Map;

/**
 * What a search goes through.
 *
 * @param records what the service offers, in order
 * @param start the ring position of the first record
 * @param queueBytes what the queue may take
 * @param batch the most records the writer frees at once
 * @param collectorKills how often the collector is killed at most; the service is killed once
 * @param rounds how often a collector does something while the service lives, at most
 * @param outages how often the machine goes down at most
 * @param failures how often the service's writer fails at most, and goes on
 */
record SearchPlan(
    List<Offered> records,
    long start,
    long queueBytes,
    int batch,
    int collectorKills,
    int rounds,
    int outages,
    int failures) {
  /** A record and what it is worth. */
  record Offered(RecordKind kind, Worth worth, long spanId, boolean begins, byte[] bytes) {}

  static Offered begun(long spanId) {
    DecodedRecord record =
        new BegunRecord(10, 7, 7, spanId, 0, SpanKind.SERVER, Category.HTTP, "a", Map.of());
    return new Offered(RecordKind.BEGUN, Worth.RESERVED, spanId, true, TestRecords.bytes(record));
  }

  static Offered end(long spanId) {
    return span(spanId, Worth.RESERVED, true);
  }

  static Offered span(long spanId, Worth worth) {
    return span(spanId, worth, false);
  }

  private static Offered span(long spanId, Worth worth, boolean begun) {
    DecodedRecord record =
        new SpanRecord(
            10,
            7,
            7,
            spanId,
            0,
            SpanKind.SERVER,
            Category.HTTP,
            begun,
            "a",
            5,
            SpanStatus.OK,
            null,
            Map.of(),
            List.of(),
            0);
    return new Offered(RecordKind.SPAN, worth, spanId, false, TestRecords.bytes(record));
  }
}
