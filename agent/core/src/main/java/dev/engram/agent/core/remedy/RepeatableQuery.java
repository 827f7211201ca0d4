package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.sql.ConnectionWait;
import org.jspecify.annotations.Nullable;

/**
 * One query through a template that takes a connection for it and gives it back. Where that
 * connection is lost below a single {@code SELECT}, the whole query can be made again, on another
 * one: a statement alone belongs to what is lost. The template's instrumentation begins and ends
 * it, that of statements tells what becomes of them; they meet here because a template and a driver
 * may come from loaders of their own. Confined to the thread that makes the query, which may wait
 * in it; no method throws.
 */
public final class RepeatableQuery {
  private static final ThreadLocal<@Nullable RepeatableQuery> CURRENT = new ThreadLocal<>();
  private static final int MOST_CAUSES = 16;

  private final @Nullable RepeatableQuery outer = CURRENT.get();
  private final @Nullable Object begun;
  private final Class<?> asking;
  private boolean answered;
  private @Nullable Throwable lost;
  private String place = "";

  private RepeatableQuery(Class<?> asking) {
    this.asking = asking;
    this.begun = Healing.begin(asking);
  }

  /**
   * A query begins. Null while healing is off; otherwise one of the other methods of the object is
   * called after each run, until one says that it was the last.
   *
   * @param asking sees the frameworks that the caller sees
   */
  public static @Nullable RepeatableQuery begin(Class<?> asking) {
    if (Healing.isOff()) {
      return null;
    }
    RepeatableQuery query = new RepeatableQuery(asking);
    CURRENT.set(query);
    return query;
  }

  /**
   * A statement succeeded on this thread: what it gave may have been handed on. Those do not count
   * by which a pool tries a connection.
   */
  public static void answered() {
    RepeatableQuery query = Healing.isOff() ? null : CURRENT.get();
    if (query != null && !ConnectionWait.isOn()) {
      query.answered = true;
    }
  }

  /**
   * A single {@code SELECT} that was committed by itself has lost its connection before anything of
   * its answer was there. Of those that tell of one failure the first counts, which is the
   * driver's.
   */
  public static void lost(Throwable thrown, String place) {
    RepeatableQuery query = CURRENT.get();
    if (query != null && query.lost == null) {
      query.lost = thrown;
      query.place = place;
    }
  }

  /**
   * A run failed.
   *
   * @return whether to make the query again; it has waited for it then
   */
  public boolean failed(Throwable thrown) {
    boolean again = false;
    try {
      again =
          isLost(thrown)
              ? Healing.failed(begun, () -> place, asking, thrown)
              : Healing.leftAlone(begun);
      return again;
    } finally {
      lost = null;
      if (!again) {
        end();
      }
    }
  }

  /** The last run succeeded. Of a first success the statement has told. */
  public void succeeded() {
    end();
    if (begun != null && !place.isEmpty()) {
      Healing.succeeded(begun, () -> place);
    }
  }

  private boolean isLost(Throwable thrown) {
    Throwable link = answered || lost == null ? null : thrown;
    for (int i = 0; link != null && i < MOST_CAUSES; i++) {
      if (link == lost) {
        return true;
      }
      link = Thrown.cause(link);
    }
    return false;
  }

  private void end() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      // Whatever it was, it would be done again with the outer one.
      outer.answered = true;
      CURRENT.set(outer);
    }
  }
}
