package dev.engram.agent.core.capture;

import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.RecordKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;

/** Keeps what it is offered, decoded. Thread-safe. */
public final class MemorySink implements RecordSink {
  /** One record as it came. */
  public record Offered(RecordKind kind, Worth worth, DecodedRecord record, int length) {}

  public final List<Offered> accepted = new CopyOnWriteArrayList<>();
  public final List<RecordKind> refused = new CopyOnWriteArrayList<>();
  public final AtomicLong failed = new AtomicLong();
  volatile Predicate<RecordKind> refuses = kind -> false;
  public volatile int maxRecordLength = 512 << 10;
  volatile long roll = 1;

  @Override
  public boolean offer(RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
    if (refuses.test(kind) || length > maxRecordLength) {
      refused.add(kind);
      return false;
    }
    DecodedRecord record = RecordDecoder.decode(buffer, offset, length);
    accepted.add(new Offered(kind, worth, record, length));
    return true;
  }

  @Override
  public int maxRecordLength() {
    return maxRecordLength;
  }

  @Override
  public void failed() {
    failed.incrementAndGet();
  }

  @Override
  public long roll() {
    return roll;
  }

  public <T extends DecodedRecord> List<T> all(Class<T> type) {
    return accepted.stream().map(Offered::record).filter(type::isInstance).map(type::cast).toList();
  }

  public <T extends DecodedRecord> T only(Class<T> type) {
    List<T> all = all(type);
    if (all.size() != 1) {
      throw new AssertionError("expected one " + type.getSimpleName() + ", have " + accepted);
    }
    return all.get(0);
  }

  Worth worthOf(RecordKind kind) {
    return accepted.stream()
        .filter(offered -> offered.kind() == kind)
        .map(Offered::worth)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " in " + accepted));
  }
}
