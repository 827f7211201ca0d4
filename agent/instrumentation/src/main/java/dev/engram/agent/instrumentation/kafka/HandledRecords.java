package dev.engram.agent.instrumentation.kafka;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The application's loop over records: each is handled from the moment it is given out until the
 * next is asked for, or there is none. One thread at a time.
 */
final class HandledRecords implements Iterator<Object> {
  private final Iterator<?> records;
  private final Poller poller;
  private @Nullable OpenSpan span;
  private volatile @Nullable Thread thread;

  HandledRecords(Iterator<?> records, Poller poller) {
    this.records = records;
    this.poller = poller;
  }

  @Override
  public boolean hasNext() {
    boolean more = records.hasNext();
    if (!more) {
      handled();
    }
    return more;
  }

  @Override
  public Object next() {
    handled();
    Object next = records.next();
    try {
      handle(next);
    } catch (Throwable failure) {
      // The application gets its record all the same.
      Tracing.failed();
    }
    return next;
  }

  @Override
  public void remove() {
    records.remove();
  }

  /** The loop was left half-way by the thread that goes through it, unless that is another. */
  void leftBy(Thread leaving) {
    if (thread == leaving) {
      handled();
    }
  }

  private void handle(Object consumed) {
    OpenSpan opened = poller.open((ConsumerRecord<?, ?>) consumed);
    if (opened != null) {
      span = opened.enter();
      thread = Thread.currentThread();
      poller.handling(this);
    }
  }

  private void handled() {
    OpenSpan open = span;
    if (open != null) {
      span = null;
      thread = null;
      open.leave();
      open.end();
    }
  }
}
