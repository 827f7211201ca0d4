package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.core.sql.SeenTransaction;
import dev.engram.agent.record.Fingerprint;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entry of instrumentations into healing. Static because advice is; does nothing until the
 * agent has started, and nothing but to read one field while it is off. Acts inside spans alone,
 * where it is known whether a transaction is open. Thread-safe.
 */
public final class Healing {
  private static volatile HealLevel level = HealLevel.OFF;
  private static volatile RemedyIndex remedies = RemedyIndex.EMPTY;
  private static volatile RetryBudgets budgets = new RetryBudgets();
  private static volatile InAppFrames inApp = className -> false;

  /** Null until everything is in place. */
  private static volatile @Nullable BooleanSupplier seesTransactions;

  private static final DealtWith DEALT_WITH = new DealtWith();
  private static final InVain IN_VAIN = new InVain();
  private static final AtomicBoolean SAID_BLIND = new AtomicBoolean();
  private static final AtomicInteger SWITCHED_ON = new AtomicInteger();

  private Healing() {}

  /** From now on failures are told apart by these frames, and this may be done about them. */
  public static void start(InAppFrames frames, HealLevel now) {
    inApp = frames;
    budgets = new RetryBudgets();
    level(now);
  }

  /**
   * Nothing is run again where this does not hold.
   *
   * @param all whether each transaction of a database was seen since the start
   */
  public static void seesTransactions(BooleanSupplier all) {
    seesTransactions = all;
  }

  /** What may be done from now on. */
  public static void level(HealLevel now) {
    if (isOff() && now != HealLevel.OFF) {
      SWITCHED_ON.incrementAndGet();
      CalledServices.forget();
    }
    level = now;
    if (now != HealLevel.AUTO) {
      CalledServices.release();
    }
  }

  /**
   * How often it was switched on so far. While it is off nobody watches what would make it wrong to
   * run an operation again; so what began under another number is left alone.
   */
  public static int switchedOn() {
    return SWITCHED_ON.get();
  }

  /**
   * What is applied from now on, where the level allows it.
   *
   * @param untilNanos when it ceases to count, by {@code nanoTime}
   */
  public static void apply(Remedies now, long untilNanos) {
    budgets.keep(now);
    remedies = new RemedyIndex(now, untilNanos);
  }

  /** Whether nothing is done and nothing told. */
  public static boolean isOff() {
    return level == HealLevel.OFF;
  }

  /**
   * An operation begins; what {@link #failed} and {@link #succeeded} must be given. Null where it
   * is not run again, and its failure alone is to be told: also inside a transaction, which the
   * operation may have rolled back by the time it fails.
   *
   * @param asking sees the frameworks that the operation sees
   */
  public static @Nullable Object begin(Class<?> asking) {
    return begin(asking, Waiting.ASLEEP);
  }

  /**
   * The same.
   *
   * @param waiting between its runs
   */
  static @Nullable Object begin(Class<?> asking, Waiting waiting) {
    return level == HealLevel.AUTO && remedies.isInForce() && mayAct(asking)
        ? new Attempts(waiting, DEALT_WITH.onThread(), switchedOn())
        : null;
  }

  /** Whether an operation that begins now is one that anything may be done about if it fails. */
  static boolean mayAct(Class<?> asking) {
    if (level != HealLevel.AUTO) {
      return false;
    }
    OpenSpan span = Tracing.current();
    return span != null && !isBlind() && !isInTransaction(span, asking);
  }

  /** What is left for an action; null where there never was a remedy of it. */
  static @Nullable RetryBudget budget(String action) {
    return budgets.of(action);
  }

  /** Whether others would wait too, for a monitor that the caller holds. */
  static boolean holdsUpOthers(Waiting waiting) {
    return waiting.holdsUpOthers(inApp);
  }

  /** A failure that nothing further out is to begin again for. */
  static void dealtWith(Throwable thrown) {
    DEALT_WITH.add(thrown);
  }

  static boolean isAt(HealLevel wanted) {
    return level == wanted;
  }

  /** What is in force for this failure; null for nothing. */
  static @Nullable Remedy remedy(String action, long fingerprint) {
    return remedies.find(action, fingerprint);
  }

  /**
   * A run failed.
   *
   * @param begun what {@link #begin} gave
   * @param place which operation, such as {@code method com.acme.Prices#load}; asked only if it
   *     matters
   * @param asking sees the frameworks that the operation sees
   * @return whether to run the operation again; it has waited for it then
   */
  public static boolean failed(
      @Nullable Object begun, Supplier<String> place, Class<?> asking, Throwable thrown) {
    if (level == HealLevel.OFF) {
      return false;
    }
    Attempts attempts = (Attempts) begun;
    if (attempts != null) {
      attempts.countFailure();
    }
    OpenSpan span = Tracing.current();
    Prospect prospect = span == null ? Prospect.STAYS : Prospect.of(thrown);
    if (span == null
        || DEALT_WITH.contains(thrown)
        || isLeftAlone(attempts, prospect, span, asking)) {
      endedInVain(attempts, span);
      return false;
    }
    Failure failure = Failure.of(thrown, fingerprint(thrown));
    if (runsAgain(attempts, Remedy.retry(place.get()), prospect, span, failure)) {
      return true;
    }
    DEALT_WITH.add(thrown);
    return false;
  }

  /**
   * A call of another service failed, or was refused.
   *
   * @param operation what was called, and how: the same in the same span is not begun again
   * @param resent how often the client itself has sent it again in this run
   * @param thrown null where it was refused
   * @param refusal null where no answer came
   */
  static boolean callFailed(
      @Nullable Object begun,
      Supplier<String> place,
      Class<?> asking,
      String operation,
      int resent,
      @Nullable Throwable thrown,
      @Nullable Refusal refusal) {
    OpenSpan span = Tracing.current();
    if (span != null && IN_VAIN.has(span, operation)) {
      return leftAlone(begun);
    }
    for (int i = 0; begun != null && i < resent; i++) {
      ((Attempts) begun).countFailure();
    }
    boolean again =
        thrown == null
            ? refused((Attempts) begun, place, asking, refusal)
            : failed(begun, place, asking, thrown);
    if (!again && span != null) {
      IN_VAIN.add(span, operation);
    }
    return again;
  }

  /** A run failed in a way that is no business of healing; always false. */
  public static boolean leftAlone(@Nullable Object begun) {
    Attempts attempts = (Attempts) begun;
    if (attempts != null) {
      attempts.countFailure();
      endedInVain(attempts, Tracing.current());
    }
    return false;
  }

  /** What was to run again is not run again after all; always false. */
  static boolean givenUp(@Nullable Object begun) {
    Attempts attempts = (Attempts) begun;
    if (attempts != null) {
      endedInVain(attempts, Tracing.current());
    }
    return false;
  }

  private static boolean refused(
      @Nullable Attempts attempts,
      Supplier<String> place,
      Class<?> asking,
      @Nullable Refusal refusal) {
    if (level == HealLevel.OFF || refusal == null) {
      return false;
    }
    if (attempts != null) {
      attempts.countFailure();
    }
    OpenSpan span = Tracing.current();
    Prospect prospect = refusal.mayPass() ? Prospect.PASSES : Prospect.STAYS;
    if (span == null || isLeftAlone(attempts, prospect, span, asking)) {
      endedInVain(attempts, span);
      return false;
    }
    Failure failure = refusal.failure(Instant.now());
    if (runsAgain(attempts, Remedy.retry(place.get()), prospect, span, failure)) {
      return true;
    }
    DEALT_WITH.addAnother();
    return false;
  }

  /** A run succeeded; the same of {@code begun} and {@code place}. */
  public static void succeeded(@Nullable Object begun, Supplier<String> place) {
    if (begun == null) {
      return;
    }
    Attempts attempts = (Attempts) begun;
    OpenSpan span = Tracing.current();
    Remedy remedy = attempts.remedy();
    if (remedy != null && span != null) {
      Told.done(
          span,
          remedy,
          Arm.TREATED,
          attempts.failed() + 1,
          Result.RESOLVED,
          attempts.waitedNanos());
    } else if (RetryBudget.isAnySpent()) {
      RetryBudget budget = budgets.of(Remedy.retry(place.get()));
      if (budget != null) {
        budget.succeeded();
      }
    }
  }

  private static boolean isLeftAlone(
      @Nullable Attempts attempts, Prospect prospect, OpenSpan span, Class<?> asking) {
    return prospect == Prospect.STAYS
        || (attempts != null && attempts.switchedOn() != switchedOn())
        || (attempts != null
            && attempts.waiting().isOnOneThread()
            && DEALT_WITH.onThread() != attempts.dealtWithBefore())
        || isInTransaction(span, asking);
  }

  /** Whoever opened it would have to begin again. Below a request that is ignored none is seen. */
  static boolean isInTransaction(OpenSpan span, Class<?> asking) {
    return span.isIgnored()
        || span.hasTransaction()
        || SeenTransaction.isOnThread()
        || OpenTransaction.isAround(asking);
  }

  private static boolean isBlind() {
    BooleanSupplier all = seesTransactions;
    if (all != null && all.getAsBoolean()) {
      return false;
    }
    if (all != null && !SAID_BLIND.getAndSet(true)) {
      AgentLog.line(
          "nothing is healed: open transactions cannot be seen since the instrumentation jdbc is"
              + " off, was off, or failed (engram doctor says which); restart the service with it");
    }
    return true;
  }

  private static boolean runsAgain(
      @Nullable Attempts attempts,
      String action,
      Prospect prospect,
      OpenSpan span,
      Failure failure) {
    long fingerprint = failure.fingerprint();
    Remedy remedy = remedies.find(action, fingerprint);
    if (attempts == null
        || remedy == null
        || level != HealLevel.AUTO
        || isAnother(attempts.remedy(), remedy)) {
      if (!endedInVain(attempts, span)) {
        Told.undone(span, action, prospect, fingerprint);
      }
      return false;
    }
    if (!Treatment.isTreated(remedy, span.traceHalf())) {
      Told.done(span, remedy, Arm.CONTROL, attempts.failed(), Result.FAILED, 0);
      return false;
    }
    if (attempts.failed() < remedy.attempts()
        && Treatment.waits(attempts, remedy, budgets.of(action), failure, inApp)
        && isStillWanted(remedy, span)) {
      attempts.runsAgain(remedy);
      Treatment.sayOnce(remedy);
      return true;
    }
    if (level != HealLevel.OFF) {
      Arm arm = attempts.remedy() == null ? Arm.SKIPPED : Arm.TREATED;
      chargeInVain(attempts, action);
      Told.done(span, remedy, arm, attempts.failed(), Result.FAILED, attempts.waitedNanos());
    }
    return false;
  }

  /** Nothing, where it was never run again. */
  private static void chargeInVain(Attempts attempts, String action) {
    RetryBudget budget = budgets.of(action);
    if (budget != null) {
      budget.inVain(attempts.repetitions());
    }
  }

  /**
   * Whether another run is still wanted that was to begin later.
   *
   * @param begun of an operation that was to be run again
   */
  static boolean isStillWanted(Object begun) {
    OpenSpan span = Tracing.current();
    Remedy remedy = ((Attempts) begun).remedy();
    return span != null && remedy != null && isStillWanted(remedy, span);
  }

  /** Much may have been said while the thread waited. */
  private static boolean isStillWanted(Remedy remedy, OpenSpan span) {
    Remedy now = remedies.find(remedy.action(), remedy.fingerprint());
    return level == HealLevel.AUTO
        && !isBlind()
        && now != null
        && Treatment.isTreated(now, span.traceHalf());
  }

  /** One remedy an operation: what another failure asks for may be something else. */
  private static boolean isAnother(@Nullable Remedy before, Remedy now) {
    return before != null && before.fingerprint() != now.fingerprint();
  }

  /** Whether it was run again by a remedy, which has not helped then. */
  private static boolean endedInVain(@Nullable Attempts attempts, @Nullable OpenSpan span) {
    Remedy before = attempts == null ? null : attempts.remedy();
    if (attempts == null || before == null || span == null) {
      return false;
    }
    chargeInVain(attempts, before.action());
    Told.done(span, before, Arm.TREATED, attempts.failed(), Result.FAILED, attempts.waitedNanos());
    return true;
  }

  static long fingerprint(Throwable thrown) {
    ThrowableShape shape = Tracing.shapeOf(thrown);
    return shape == null ? 0 : Fingerprint.of(shape, inApp);
  }
}
