package dev.engram.agent.core.capture;

import dev.engram.agent.record.RecordKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The encoded records of one request that is remembered only if it fails. They wait on the heap and
 * are offered when it does; of a request that succeeds nothing is offered, so the books know
 * nothing of it. Bounded by {@link #MAX_BYTES} and by {@link PendingRequests}; what found no room
 * is counted as given up if the request fails, and else was not wanted. Thread-safe, without locks.
 */
final class PendingRecords implements RecordSink {
  static final int MAX_BYTES = 64 << 10;

  private static final byte[] NOTHING = {};
  private static final Waiting FAILED = new Waiting(RecordKind.SPAN, NOTHING, null, 0, 0, 0);
  private static final Waiting FORGOTTEN = new Waiting(RecordKind.SPAN, NOTHING, null, 0, 0, 0);

  private final RecordSink sink;
  private final PendingRequests requests;
  private final AtomicReference<@Nullable Waiting> last = new AtomicReference<>();

  /** Where {@link PendingRequests} keeps this; negative for nowhere. */
  private volatile int place = -1;

  PendingRecords(RecordSink sink, PendingRequests requests) {
    this.sink = sink;
    this.requests = requests;
  }

  /**
   * What waits, the newest first.
   *
   * @param bytes empty when there was no room
   * @param count records up to this one, those without room not counted
   * @param sum of their bytes
   * @param lost records that found no room
   */
  private record Waiting(
      RecordKind kind, byte[] bytes, @Nullable Waiting before, int count, int sum, int lost) {}

  /** The request has failed: what waits is offered, and what comes will be at once. */
  void fail() {
    Waiting waiting = last.getAndSet(FAILED);
    if (waiting == null || waiting == FAILED || waiting == FORGOTTEN) {
      return;
    }
    requests.remove(this);
    Deque<Waiting> oldestFirst = new ArrayDeque<>();
    for (Waiting it = waiting; it != null; it = it.before) {
      oldestFirst.push(it);
    }
    oldestFirst.forEach(this::offerNow);
    for (int i = 0; i < waiting.lost; i++) {
      sink.failed();
    }
  }

  boolean hasFailed() {
    return last.get() == FAILED;
  }

  /**
   * The request has ended; unless it failed, nothing of it is wanted.
   *
   * @return whether it is forgotten; a failure on another thread may come first
   */
  boolean forget() {
    Waiting waiting = last.get();
    while (waiting != FAILED && !last.compareAndSet(waiting, FORGOTTEN)) {
      waiting = last.get();
    }
    requests.remove(this);
    return waiting != FAILED;
  }

  /** Gives up what waits, for want of room; that it was there is known if the request fails. */
  void evict() {
    Waiting waiting = last.get();
    while (waiting != null
        && waiting != FAILED
        && waiting != FORGOTTEN
        && !last.compareAndSet(waiting, givenUp(waiting))) {
      waiting = last.get();
    }
  }

  /** Whether it was committed or waits. */
  @Override
  public boolean offer(RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
    Waiting before = last.get();
    if (before == FAILED) {
      return sink.offer(kind, worth, buffer, offset, length);
    }
    if (before == FORGOTTEN) {
      return false;
    }
    byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    Waiting now = after(before, kind, bytes);
    while (!last.compareAndSet(before, now)) {
      before = last.get();
      if (before == FAILED || before == FORGOTTEN) {
        return offer(kind, worth, buffer, offset, length);
      }
      now = after(before, kind, bytes);
    }
    if (before == null) {
      requests.add(this);
    }
    return now.lost == (before == null ? 0 : before.lost);
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

  int place() {
    return place;
  }

  void place(int newPlace) {
    place = newPlace;
  }

  private static Waiting givenUp(Waiting waiting) {
    // It has given up its place, so it takes no more either.
    return new Waiting(waiting.kind, NOTHING, null, 0, MAX_BYTES, waiting.lost + waiting.count);
  }

  private static Waiting after(@Nullable Waiting before, RecordKind kind, byte[] bytes) {
    int count = before == null ? 0 : before.count;
    int sum = before == null ? 0 : before.sum;
    int lost = before == null ? 0 : before.lost;
    if (sum + bytes.length <= MAX_BYTES) {
      return new Waiting(kind, bytes, before, count + 1, sum + bytes.length, lost);
    }
    return before == null
        ? new Waiting(kind, NOTHING, null, 0, 0, 1)
        : new Waiting(before.kind, before.bytes, before.before, count, sum, lost + 1);
  }

  /** It belongs to a failure, so it is not among the first to be shed. */
  private void offerNow(Waiting waiting) {
    if (waiting.bytes.length > 0) {
      DirectBuffer buffer = new UnsafeBuffer(waiting.bytes);
      sink.offer(waiting.kind, Worth.RESERVED, buffer, 0, waiting.bytes.length);
    }
  }
}
