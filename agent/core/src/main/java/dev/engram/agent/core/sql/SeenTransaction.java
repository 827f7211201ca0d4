package dev.engram.agent.core.sql;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that was seen to open: it counts in the request and on the thread that opened it,
 * also where there is no request, until it ends or its connection is forgotten. Opened on the
 * application's thread, ended on any; no method throws.
 */
public final class SeenTransaction {
  /** Of each thread its own, which may have ended meanwhile; null where there are none. */
  private static final ThreadLocal<@Nullable List<WeakReference<SeenTransaction>>> ON_THREAD =
      new ThreadLocal<>();

  private final AtomicBoolean open = new AtomicBoolean(true);
  private final @Nullable OpenSpan request;

  private SeenTransaction(@Nullable OpenSpan request) {
    this.request = request;
  }

  /** One opens now, on this thread. It is kept by whoever ends it, and by nobody else. */
  public static SeenTransaction open() {
    OpenSpan request = Tracing.current();
    if (request != null) {
      request.transactions(1);
    }
    SeenTransaction seen = new SeenTransaction(request);
    List<WeakReference<SeenTransaction>> known = openOnThread();
    List<WeakReference<SeenTransaction>> all = known == null ? new ArrayList<>(1) : known;
    all.add(new WeakReference<>(seen));
    ON_THREAD.set(all);
    return seen;
  }

  /** Whether one is open that this thread has opened. */
  public static boolean isOnThread() {
    return openOnThread() != null;
  }

  /** Later calls do nothing. */
  public void end() {
    if (open.getAndSet(false) && request != null) {
      request.transactions(-1);
    }
  }

  private static @Nullable List<WeakReference<SeenTransaction>> openOnThread() {
    List<WeakReference<SeenTransaction>> all = ON_THREAD.get();
    if (all == null) {
      return null;
    }
    all.removeIf(SeenTransaction::isOver);
    if (!all.isEmpty()) {
      return all;
    }
    ON_THREAD.remove();
    return null;
  }

  /** A connection that is forgotten while its transaction is open takes it along. */
  private static boolean isOver(WeakReference<SeenTransaction> reference) {
    SeenTransaction seen = reference.get();
    return seen == null || !seen.open.get();
  }
}
