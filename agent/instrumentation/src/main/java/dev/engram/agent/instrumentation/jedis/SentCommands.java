package dev.engram.agent.instrumentation.jedis;

import dev.engram.agent.core.capture.OpenSpan;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one connection whose replies are still to be read, in order: Redis answers in the
 * order in which it was asked. Thread-safe, without locks; a subscription is cancelled by another
 * thread than the one that reads.
 */
final class SentCommands {
  /** A pipeline may be endless, what is remembered of it may not. */
  static final int LIMIT = 1024;

  /**
   * Whether each reply is known to be that of the first command; and how often the module was
   * switched then.
   */
  private volatile boolean matched;

  private volatile int switches;

  private final Queue<OpenSpan> spans = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  /** Commands behind {@link #spans} that have none; their replies are counted all the same. */
  private final AtomicInteger beyond = new AtomicInteger();

  /**
   * @param matched whether nothing was sent before
   * @param switches how often the module was switched so far
   */
  SentCommands(boolean matched, int switches) {
    this.matched = matched;
    this.switches = switches;
  }

  /**
   * Whether commands and replies go together. When the module was switched meanwhile, some of
   * either were missed, and nobody can tell whose the next reply is.
   */
  boolean isMatched(int switchesNow) {
    if (switches != switchesNow) {
      matched = false;
    }
    return matched;
  }

  boolean hasRoom() {
    return beyond.get() == 0 && size.get() < LIMIT;
  }

  void add(OpenSpan span) {
    size.incrementAndGet();
    spans.add(span);
  }

  void addBeyond() {
    beyond.incrementAndGet();
  }

  /** Whose reply this is; null when nobody remembers, or nobody asked. */
  @Nullable OpenSpan next() {
    OpenSpan span = spans.poll();
    if (span != null) {
      size.decrementAndGet();
    } else if (beyond.get() > 0) {
      beyond.decrementAndGet();
    }
    return span;
  }

  /** There will be no more replies: what is sent from now on is matched again. */
  void startOver(int switchesNow) {
    beyond.set(0);
    switches = switchesNow;
    matched = true;
  }
}
