package dev.engram.agent.core.bootstrap;

import dev.engram.agent.core.capture.RecordSink;
import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.record.RecordKind;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;

/**
 * Lets the start record go before the first other one, so that a JVM that ends at once and has
 * nothing to remember leaves nothing behind. Thread-safe; runs on application threads.
 */
final class StartRecord implements RecordSink {
  private final RecordSink sink;
  private final Runnable write;
  private final AtomicBoolean written = new AtomicBoolean();

  /**
   * @param write offers the start record to this sink; called once
   */
  StartRecord(RecordSink sink, Runnable write) {
    this.sink = sink;
    this.write = write;
  }

  boolean isWritten() {
    return written.get();
  }

  @Override
  public boolean offer(RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
    writeOnce();
    return sink.offer(kind, worth, buffer, offset, length);
  }

  /** Offers the start record unless that was done. */
  void writeOnce() {
    if (!written.get() && written.compareAndSet(false, true)) {
      write.run();
    }
  }

  @Override
  public int maxRecordLength() {
    return sink.maxRecordLength();
  }

  @Override
  public void failed() {
    sink.failed();
  }

  @Override
  public long roll() {
    return sink.roll();
  }
}
