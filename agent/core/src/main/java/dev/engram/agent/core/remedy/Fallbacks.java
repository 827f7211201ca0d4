package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets an older answer, or one that somebody has set, stand in for a failure: the entry of the
 * instrumentation that hooks such methods. It resolves nothing, and is told as masked. Only after
 * the method has failed for good, so after retries. Thread-safe.
 */
public final class Fallbacks {
  private static final String METHOD = "method ";

  /** By the method's class and name, as in {@link #name}. */
  private static volatile Map<String, FallbackRule> rules = Map.of();

  /** Kept by the application's own classes, by the method with the types of its arguments. */
  private static final ClassValue<Map<String, Method>> METHODS =
      new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /** How many failures this thread has masked: what was made with an old answer is no good one. */
  private static final ThreadLocal<@Nullable Integer> MASKED_ON_THREAD = new ThreadLocal<>();

  private Fallbacks() {}

  /**
   * One with a rule.
   *
   * @param name see {@link #name}
   * @param set the answer that somebody has set; null where it is the last good one
   */
  private record Method(String name, FallbackRule rule, @Nullable Object set, KeptAnswers kept) {}

  /**
   * One call.
   *
   * @param key null where the answer is set, or nothing is done
   * @param acts whether anything is done about its failure, or only noted
   */
  private record Call(
      Method method,
      Class<?> type,
      @Nullable Object[] arguments,
      @Nullable AnswerKey key,
      boolean acts,
      int maskedBefore) {
    @Nullable Object answer() {
      return key == null
          ? method.set
          : method.kept.find(key, method.rule.freshNanos(), System.nanoTime());
    }

    /** Whether anything could stand in for its failure. */
    boolean mayBeMasked() {
      return acts || method.set != null || AnswerKey.isOne(arguments);
    }
  }

  /** From now on these hold, for methods that were not called before. */
  public static void use(List<FallbackRule> all) {
    rules =
        all.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    it -> name(it.className(), it.methodName()), it -> it));
  }

  /**
   * A call begins; what {@link #succeeded} or {@link #failed} must be given. Null where nothing
   * could stand in for it.
   *
   * @param method with the types of its arguments, such as {@code load(java.lang.String)}
   * @param returns the name of the type that it returns
   * @param target null of a static method
   * @param arguments are kept
   */
  public static @Nullable Object begin(
      Class<?> type,
      String method,
      String returns,
      @Nullable Object target,
      @Nullable Object[] arguments) {
    if (Healing.isOff() || Tracing.current() == null) {
      return null;
    }
    Method of = METHODS.get(type).computeIfAbsent(method, it -> method(type, it, returns));
    if (of == null) {
      return null;
    }
    boolean acts = Healing.mayAct(type);
    boolean keeps = acts && of.set == null;
    AnswerKey key = keeps ? AnswerKey.of(target, arguments) : null;
    return keeps && key == null ? null : new Call(of, type, arguments, key, acts, maskedOnThread());
  }

  /** Null where there is no rule for it. */
  private static @Nullable Method method(Class<?> type, String method, String returns) {
    String name = name(type.getName(), method.substring(0, method.indexOf('(')));
    FallbackRule rule = rules.get(name);
    return rule == null ? null : new Method(name, rule, rule.answer(returns), new KeptAnswers());
  }

  private static String name(String className, String methodName) {
    return className + '#' + methodName;
  }

  /**
   * It has answered.
   *
   * @param begun what {@link #begin} gave
   */
  public static void succeeded(Object begun, @Nullable Object answer) {
    Call call = (Call) begun;
    AnswerKey key = call.key;
    if (key != null && answer != null && call.acts && call.maskedBefore == maskedOnThread()) {
      call.method.kept.keep(key, answer, System.nanoTime());
    }
  }

  /**
   * It has failed.
   *
   * @param begun what {@link #begin} gave
   * @return what stands in for its answer; null for nothing
   */
  public static @Nullable Object failed(Object begun, Throwable thrown) {
    Call call = (Call) begun;
    OpenSpan span = Tracing.current();
    Prospect prospect = Prospect.of(thrown);
    if (Healing.isOff()
        || span == null
        || prospect == Prospect.STAYS
        || !call.mayBeMasked()
        || Thread.currentThread().isInterrupted()
        || Healing.isInTransaction(span, call.type)) {
      return null;
    }
    String action = Remedy.Kind.FALLBACK.at(METHOD + call.method.name);
    long fingerprint = Healing.fingerprint(thrown);
    Remedy remedy = Healing.remedy(action, fingerprint);
    if (remedy == null || !call.acts || !Healing.isAt(HealLevel.AUTO)) {
      Told.undone(span, action, prospect, fingerprint);
      return null;
    }
    if (!Treatment.isTreated(remedy, span.traceHalf())) {
      Told.done(span, remedy, Arm.CONTROL, 1, Result.FAILED, 0);
      return null;
    }
    return masked(call, span, remedy, thrown);
  }

  private static @Nullable Object masked(
      Call call, OpenSpan span, Remedy remedy, Throwable thrown) {
    Object answer = call.answer();
    if (answer == null) {
      Told.done(span, remedy, Arm.SKIPPED, 1, Result.FAILED, 0);
      return null;
    }
    MASKED_ON_THREAD.set(maskedOnThread() + 1);
    // Nobody else gets to see it.
    Tracing.exception(thrown, ExceptionOrigin.HANDLED, call.method.name);
    Told.done(span, remedy, Arm.TREATED, 1, Result.MASKED, 0);
    Treatment.sayOnce(remedy);
    return answer;
  }

  private static int maskedOnThread() {
    Integer count = MASKED_ON_THREAD.get();
    return count == null ? 0 : count;
  }
}
