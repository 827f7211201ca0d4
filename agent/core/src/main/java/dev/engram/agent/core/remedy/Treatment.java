package dev.engram.agent.core.remedy;

import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.record.Hash64;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who is treated, and the wait before an operation runs again. Thread-safe; no method throws. */
final class Treatment {
  /** Whoever waits for an operation has given up by then. */
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** 53 bits as a share. */
  private static final double UNIT = 0x1.0p-53;

  private static final int UNUSED_BITS = 11;

  /** Remedies that have acted in this JVM. */
  private static final Set<String> ACTED = ConcurrentHashMap.newKeySet();

  private Treatment() {}

  /** All failures of one request are one episode, which is treated as a whole or not at all. */
  static boolean isTreated(Remedy remedy, long traceHalf) {
    if (remedy.state() == Remedy.State.ACTIVE) {
      return true;
    }
    long draw = new Hash64().add(remedy.id()).add(traceHalf).value();
    return (draw >>> UNUSED_BITS) * UNIT < remedy.share();
  }

  /**
   * False when there is no budget, or it would take too long, or the thread is to end, or others
   * would wait with it.
   */
  static boolean waits(
      Attempts attempts,
      Remedy remedy,
      @Nullable RetryBudget budget,
      Failure failure,
      InAppFrames inApp) {
    long millis = millis(attempts, remedy, failure);
    return millis >= 0
        && TimeUnit.MILLISECONDS.toNanos(millis) <= LONGEST_NANOS - attempts.elapsedNanos()
        && attempts.waiting().isPossible()
        && budget != null
        && pays(attempts, budget, RetryBudget.price(failure.timeout()), inApp)
        && attempts.waiting().passes(attempts, millis);
  }

  /** Who says when to come again need not be given more time each time. */
  private static long millis(Attempts attempts, Remedy remedy, Failure failure) {
    boolean isAskedFor = failure.leastMillis() > 0;
    long drawn =
        Backoff.millis(
            isAskedFor ? 1 : attempts.failed(),
            remedy.baseMillis(),
            remedy.capMillis(),
            ThreadLocalRandom.current()::nextDouble);
    return failure.leastMillis() + drawn;
  }

  /** What its callers hold does not change between its runs, so one look is enough. */
  private static boolean pays(Attempts attempts, RetryBudget budget, int price, InAppFrames inApp) {
    if (!budget.pay(price)) {
      return false;
    }
    if (attempts.remedy() != null || !attempts.waiting().holdsUpOthers(inApp)) {
      return true;
    }
    budget.giveBack(price - RetryBudget.LOOK);
    return false;
  }

  /** The first time that a remedy acts, people are told. */
  static void sayOnce(Remedy remedy) {
    if (ACTED.size() < Remedies.MOST && ACTED.add(remedy.id())) {
      AgentLog.line(
          "remedy "
              + remedy.id()
              + " acts for the first time: "
              + remedy.action()
              + " (engram remedies explain "
              + remedy.id()
              + "; engram heal off ends it)");
    }
  }
}
