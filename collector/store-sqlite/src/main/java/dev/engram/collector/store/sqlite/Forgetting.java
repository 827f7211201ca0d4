package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Removal;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.sqlite.WriteSession.Work;
import java.util.List;

/** Takes out what somebody asked for, step by step, then its words. Confined to the writer. */
final class Forgetting {
  private final WriteSessions sessions;

  Forgetting(WriteSessions sessions) {
    this.sessions = sessions;
  }

  /**
   * How many rows of which kind.
   *
   * @param really false to count them only
   */
  Removal forget(Subject subject, boolean really) {
    return subject instanceof Subject.Before before
        ? forgetBefore(before.epochNanos(), really)
        : forgetWhole(subject, really);
  }

  private Removal forgetBefore(long epochNanos, boolean really) {
    ForgetBefore forget =
        sessions.guarded(session -> new ForgetBefore(epochNanos, session.connection));
    if (!really) {
      return sessions.guarded(session -> forget.count());
    }
    Removal removed = Removal.NOTHING;
    Removal step;
    try {
      do {
        step = step(session -> forget.step());
        removed = removed.then(step);
        sessions.syncWhenLong();
      } while (step.more());
      sweepWords();
      return removed;
    } catch (StoreException failure) {
      throw removed.butThen(failure);
    }
  }

  private Removal forgetWhole(Subject subject, boolean really) {
    Subjects found = sessions.guarded(session -> new Subjects(subject, session.connection));
    Forget forget = sessions.guarded(session -> new Forget(subject, session.connection));
    List<Work<Removal>> steps = forget.steps(found);
    return really ? all(steps) : sessions.guarded(session -> session.tried(steps));
  }

  private Removal all(List<Work<Removal>> steps) {
    Removal removed = Removal.NOTHING;
    try {
      for (Work<Removal> each : steps) {
        removed = removed.then(step(each));
      }
      sweepWords();
      return removed;
    } catch (StoreException failure) {
      throw removed.butThen(failure);
    }
  }

  private <T> T step(Work<T> step) {
    return sessions.inTransaction(
        session -> {
          session.sums.forget();
          return step.on(session);
        });
  }

  private void sweepWords() {
    while (sessions.inTransaction(WriteSession::sweep)) {
      // Each turn is a transaction of its own.
    }
  }
}
