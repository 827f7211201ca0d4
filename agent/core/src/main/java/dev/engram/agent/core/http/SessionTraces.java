package dev.engram.agent.core.http;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The trace in which a session was last given something to judge. Of some sessions: one has one
 * place, and the latest to come has it. Thread-safe, without locks.
 */
final class SessionTraces {
  /** A power of two. */
  private static final int PLACES = 1024;

  /** In characters; whoever chooses longer ones shall not choose how much memory they take. */
  private static final int LONGEST = 128;

  private record Last(String session, String traceId) {}

  private final AtomicReferenceArray<@Nullable Last> places = new AtomicReferenceArray<>(PLACES);

  void put(String session, String traceId) {
    if (session.length() <= LONGEST) {
      places.set(place(session), new Last(session, traceId));
    }
  }

  @Nullable String of(String session) {
    Last last = places.get(place(session));
    return last != null && last.session().equals(session) ? last.traceId() : null;
  }

  private static int place(String session) {
    int code = session.hashCode();
    return (code ^ code >>> 16) & (PLACES - 1);
  }
}
