package dev.engram.collector.intake;

import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.MalformedRecord;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.ThrowCountRecord;
import dev.engram.agent.record.UnknownRecord;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Collects what one instance gave until it is committed. */
final class BatchDraft implements RecordTaker {
  /**
   * A transaction writes every page of an index that it touches once, and in a large store nearly
   * each row touches another: few large transactions write a fraction of what many small ones do.
   */
  static final int MAX_ROWS = 16_000;

  /** Their stacks are held in memory until they are committed. */
  static final int MAX_EXCEPTIONS = 2_000;

  private static final long MAX_BYTES = 32L << 20;

  private final InstanceId instance;
  private final RowMapper mapper;
  private final Quarantine quarantine;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Long> dropped = new HashMap<>();
  private Checkpoint checkpoint;
  private long read;
  private long malformed;
  private long rejected;
  private long bytes;
  private int exceptions;

  BatchDraft(InstanceId instance, Checkpoint checkpoint, RowMapper mapper, Quarantine quarantine) {
    this.instance = instance;
    this.checkpoint = checkpoint;
    this.mapper = mapper;
    this.quarantine = quarantine;
  }

  @Override
  public boolean hasRoom() {
    return read < MAX_ROWS && exceptions < MAX_EXCEPTIONS && bytes < MAX_BYTES;
  }

  @Override
  public void record(
      long position, long number, long place, DirectBuffer buffer, int offset, int length) {
    read++;
    bytes += length;
    checkpoint = new Checkpoint(position, number, place);
    DecodedRecord record = RecordDecoder.decode(buffer, offset, length);
    if (record instanceof MalformedRecord bad) {
      malformed++;
      quarantine.keep(position, bad.reason(), buffer, offset, length);
      return;
    }
    exceptions += record instanceof ExceptionRecord || record instanceof ThrowCountRecord ? 1 : 0;
    @Nullable Row row = mapper.map(position, record);
    if (row == null) {
      rejected++;
      quarantine.keep(position, whyRejected(record), buffer, offset, length);
    } else {
      rows.add(row);
    }
  }

  private static String whyRejected(DecodedRecord record) {
    return record instanceof UnknownRecord unknown
        ? String.format(
            "of kind %d of record format %d, which only a newer Engram can store",
            unknown.kindCode(), unknown.formatVersion())
        : "of a kind that has no row";
  }

  @Override
  public void malformed(
      long position, long number, String reason, DirectBuffer buffer, int offset, int length) {
    read++;
    malformed++;
    bytes += length;
    checkpoint = new Checkpoint(position, number, checkpoint.queueIndexHint());
    quarantine.keep(position, reason, buffer, offset, length);
  }

  @Override
  public void lost(long number, String reason, long records) {
    dropped.merge(reason, records, Long::sum);
    checkpoint = new Checkpoint(checkpoint.position(), number, checkpoint.queueIndexHint());
  }

  boolean isEmpty() {
    return read == 0 && dropped.isEmpty();
  }

  Batch toBatch() {
    return new Batch(
        instance, List.copyOf(rows), checkpoint, read, malformed, rejected, Map.copyOf(dropped));
  }
}
