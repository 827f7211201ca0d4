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
    if (span == null || isLeftAlone(prospect, span, asking, thrown)) {
      endedInVain(attempts, span);
      return false;
    }
    DEALT_WITH.add(thrown);
    return runsAgain(attempts, Remedy.retry(place.get()), prospect, span, thrown);
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

  private static boolean runsAgain(
      @Nullable Attempts attempts,
      String action,
      Prospect prospect,
      OpenSpan span,
      Throwable thrown) {
    long fingerprint = fingerprint(thrown);
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
        && Treatment.waits(attempts, remedy, remedies.budget(action), thrown)) {
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
