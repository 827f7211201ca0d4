package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.CapturedAttempt;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.Fingerprint;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entry of instrumentations into healing. Static because advice is; does nothing until the
 * agent has started, and nothing but to read one field while it is off. Acts inside spans alone,
 * where it is known whether a transaction is open. Thread-safe.
 */
public final class Healing {
  private static final String RESOLVED = "resolved";
  private static final String FAILED = "failed";

  private static volatile HealLevel level = HealLevel.OFF;
  private static volatile RemedyIndex remedies = RemedyIndex.EMPTY;
  private static volatile InAppFrames inApp = className -> false;

  private static final DealtWith DEALT_WITH = new DealtWith();
  private static final InVain IN_VAIN = new InVain();

  private Healing() {}

  /** From now on failures are told apart by these frames, and this may be done about them. */
  public static void start(InAppFrames frames, HealLevel now) {
    inApp = frames;
    level = now;
  }

  /** What may be done from now on. */
  public static void level(HealLevel now) {
    level = now;
  }

  /** What is applied from now on, where the level allows it. */
  public static void apply(Remedies now) {
    remedies = remedies.with(now);
  }

  /** Whether nothing is done and nothing told. */
  static boolean isOff() {
    return level == HealLevel.OFF;
  }

  /** An operation begins that may be run again; null where its failure alone is to be told. */
  public static @Nullable Object begin() {
    return level == HealLevel.AUTO && !remedies.isEmpty() ? new Attempts() : null;
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
    if (span == null || isLeftAlone(prospect, span, asking, thrown) || isOfACall(attempts, span)) {
      endedInVain(attempts, span);
      return false;
    }
    DEALT_WITH.add(thrown);
    Failure failure = Failure.of(thrown, fingerprint(thrown));
    return runsAgain(attempts, Remedy.retry(place.get()), prospect, span, failure);
  }

  /**
   * A call of another service failed, or was refused.
   *
   * @param operation what was called, and how: the same in the same span is not begun again
   * @param thrown null where it was refused
   * @param refusal null where no answer came
   */
  static boolean callFailed(
      @Nullable Object begun,
      Supplier<String> place,
      Class<?> asking,
      String operation,
      @Nullable Throwable thrown,
      @Nullable Refusal refusal) {
    OpenSpan span = Tracing.current();
    if (span != null && IN_VAIN.has(span, operation)) {
      return false;
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
  static boolean leftAlone(@Nullable Object begun) {
    Attempts attempts = (Attempts) begun;
    if (attempts != null) {
      attempts.countFailure();
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
    if (span == null
        || !refusal.mayPass()
        || span.hasTransaction()
        || OpenTransaction.isAround(asking)) {
      endedInVain(attempts, span);
      return false;
    }
    Failure failure = refusal.failure(Instant.now());
    return runsAgain(attempts, Remedy.retry(place.get()), Prospect.PASSES, span, failure);
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
      tell(span, remedy, Arm.TREATED, attempts.failed() + 1, RESOLVED, attempts.waitedNanos());
    } else if (RetryBudget.isAnySpent()) {
      RetryBudget budget = remedies.budget(Remedy.retry(place.get()));
      if (budget != null) {
        budget.succeeded();
      }
    }
  }

  /** In a transaction whoever opened it would have to begin again. */
  private static boolean isLeftAlone(
      Prospect prospect, OpenSpan span, Class<?> asking, Throwable thrown) {
    return prospect == Prospect.STAYS
        || DEALT_WITH.contains(thrown)
        || span.hasTransaction()
        || OpenTransaction.isAround(asking);
  }

  /** Whether a call inside of it was dealt with in vain, of which this failure may come. */
  private static boolean isOfACall(@Nullable Attempts attempts, OpenSpan span) {
    return attempts != null && IN_VAIN.hasAny(span, attempts.beganNanos());
  }

  private static boolean runsAgain(
      @Nullable Attempts attempts,
      String action,
      Prospect prospect,
      OpenSpan span,
      Failure failure) {
    long fingerprint = failure.fingerprint();
    Remedy remedy = remedies.find(action, fingerprint);
    if (attempts == null || remedy == null || isAnother(attempts.remedy(), remedy)) {
      if (!endedInVain(attempts, span)) {
        tell(span, action, prospect, fingerprint);
      }
      return false;
    }
    if (!Treatment.isTreated(remedy, span.traceHalf())) {
      tell(span, remedy, Arm.CONTROL, attempts.failed(), FAILED, 0);
      return false;
    }
    if (level == HealLevel.AUTO
        && attempts.failed() < remedy.attempts()
        && Treatment.waits(attempts, remedy, remedies.budget(action), failure)) {
      return true;
    }
    Arm arm = attempts.failed() == 1 ? Arm.SKIPPED : Arm.TREATED;
    tell(span, remedy, arm, attempts.failed(), FAILED, attempts.waitedNanos());
    return false;
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
    tell(span, before, Arm.TREATED, attempts.failed(), FAILED, attempts.waitedNanos());
    return true;
  }

  private static long fingerprint(Throwable thrown) {
    ThrowableShape shape = Tracing.shapeOf(thrown);
    return shape == null ? 0 : Fingerprint.of(shape, inApp);
  }

  private static void tell(OpenSpan span, String action, Prospect prospect, long fingerprint) {
    Arm arm = prospect == Prospect.UNCLEAR ? Arm.UNCLEAR : Arm.OBSERVED;
    Tracing.remedyAttempt(
        new CapturedAttempt(action, arm.label(), fingerprint, 1, FAILED, 0), span);
  }

  private static void tell(
      OpenSpan span, Remedy remedy, Arm arm, int tries, String result, long added) {
    Tracing.remedyAttempt(
        new CapturedAttempt(
            remedy.action(), arm.label(), remedy.fingerprint(), tries, result, added),
        span);
  }
}
