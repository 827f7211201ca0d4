package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.record.control.Remedy;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A question to a model that is overloaded, which is asked once more, of another model: the entry
 * of the instrumentations of HTTP clients into that remedy, after all their retries. What the other
 * model says stands in for the answer, and is told as masked. Used by one thread at a time; no
 * method throws.
 */
public final class AlternativeQuestion {
  /** Bytes of an answer that is kept while another model is asked: those that refuse are short. */
  static final int LONGEST_REFUSAL = 1 << 16;

  private static final String POST = "POST";
  private static final int FIRST_OF_NO_SUCCESS = 300;
  private static final int PRICE = RetryBudget.price(false);
  private static final InVain IN_VAIN = new InVain();

  private final OpenSpan span;
  private final Remedy remedy;
  private final RetryBudget budget;
  private final String operation;
  private final byte[] body;
  private long askedNanos;

  private AlternativeQuestion(
      OpenSpan span, Remedy remedy, RetryBudget budget, String operation, byte[] body) {
    this.span = span;
    this.remedy = remedy;
    this.budget = budget;
    this.operation = operation;
    this.body = body;
  }

  /** From now on what is set may be asked. */
  public static void start(Configuration configuration) {
    AlternativeModels.use(AlternativeModels.listed(configuration));
  }

  /** Whether {@link #of} is to be asked after such an answer. Cheap. */
  public static boolean isFor(String method, int status) {
    return !AlternativeModels.isNone()
        && !Healing.isOff()
        && method.equals(POST)
        && (isOverload(status) || (isSuccess(status) && RetryBudget.isAnySpent()))
        && !GuardedCall.isRepeating();
  }

  /**
   * The same, where a refusal has to be kept while another model is asked.
   *
   * @param length of the answer's body in bytes; negative where it is not known: nobody waits for
   *     what may never end
   */
  public static boolean isFor(String method, int status, long length) {
    return isFor(method, status)
        && (isSuccess(status) || (length >= 0 && length <= LONGEST_REFUSAL));
  }

  /**
   * A call was answered for good, and nothing of the answer was handed to the application.
   *
   * @param asking sees the frameworks that the caller sees
   * @param body whole; asked only if a model may have been asked; null where it cannot be had
   * @return null where nothing is to be asked; else {@link #ask} follows
   */
  public static @Nullable AlternativeQuestion of(
      Class<?> asking, ClientRequest request, int status, Supplier<byte @Nullable []> body) {
    return of(asking, request, status, body, Waiting.ASLEEP, true);
  }

  /**
   * The same.
   *
   * @param waiting how the caller waits for it
   * @param acts whether anything may be done, or only noted
   */
  static @Nullable AlternativeQuestion of(
      Class<?> asking,
      ClientRequest request,
      int status,
      Supplier<byte @Nullable []> body,
      Waiting waiting,
      boolean acts) {
    OpenSpan span = Tracing.current();
    AlternativeModels.Found other =
        span == null || !AlternativeModels.mayBeFor(request)
            ? null
            : AlternativeModels.find(request, body.get());
    if (span == null || other == null) {
      return null;
    }
    if (isSuccess(status)) {
      refill(other.action());
      return null;
    }
    String operation = other.action() + ' ' + request.url();
    if (IN_VAIN.has(span, operation) || Healing.isInTransaction(span, asking)) {
      return null;
    }
    Remedy remedy = Healing.remedy(other.action(), GuardedCall.ANY_FAILURE);
    if (remedy == null || !acts || !Healing.mayAct(asking)) {
      Told.undone(span, other.action(), Prospect.PASSES, GuardedCall.ANY_FAILURE);
      return null;
    }
    RetryBudget budget = treated(span, remedy, waiting);
    return budget == null
        ? null
        : new AlternativeQuestion(span, remedy, budget, operation, other.body());
  }

  /** What pays for it; null where it was drawn to be left alone, or cannot be asked now. */
  private static @Nullable RetryBudget treated(OpenSpan span, Remedy remedy, Waiting waiting) {
    if (!Treatment.isTreated(remedy, span.traceHalf())) {
      Told.done(span, remedy, Arm.CONTROL, 1, Result.FAILED, 0);
      return null;
    }
    RetryBudget budget = Healing.budget(remedy.action());
    if (budget == null || !waiting.isPossible() || !pays(budget, waiting)) {
      Told.done(span, remedy, Arm.SKIPPED, 1, Result.FAILED, 0);
      return null;
    }
    Treatment.sayOnce(remedy);
    return budget;
  }

  private static boolean pays(RetryBudget budget, Waiting waiting) {
    if (!budget.pay(PRICE)) {
      return false;
    }
    if (Healing.holdsUpOthers(waiting)) {
      budget.giveBack(PRICE - RetryBudget.LOOK);
      return false;
    }
    return true;
  }

  private static void refill(String action) {
    RetryBudget budget = Healing.budget(action);
    if (budget != null) {
      budget.succeeded();
    }
  }

  /** Of the question, with the other model's name. */
  public byte[] body() {
    return body;
  }

  /**
   * Asks the other model, on the thread that waits for it.
   *
   * @param close what is given to nobody
   * @return its answer; null where it has none either
   */
  public <T> @Nullable T ask(Callable<T> call, ToIntFunction<T> status, Consumer<T> close) {
    return ask(call, status, close, () -> false);
  }

  /**
   * The same.
   *
   * @param cancelled whether the application wants no answer any more
   */
  public <T> @Nullable T ask(
      Callable<T> call, ToIntFunction<T> status, Consumer<T> close, BooleanSupplier cancelled) {
    T answer = begin(() -> answer(call));
    if (answer == null && (Thread.currentThread().isInterrupted() || cancelled.getAsBoolean())) {
      abandoned();
      return null;
    }
    if (ended(answer == null ? 0 : status.applyAsInt(answer))) {
      return answer;
    }
    if (answer != null) {
      close.accept(answer);
    }
    return null;
  }

  private static <T> @Nullable T answer(Callable<T> call) {
    try {
      return call.call();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return null;
    } catch (Throwable failed) {
      // The client's own span of it says so; the caller has the first answer, after an error too.
      return null;
    }
  }

  /**
   * Begins to ask the other model; {@link #ended} follows, or {@link #abandoned}.
   *
   * @param call makes the call, whose attempts count as those of the first
   */
  public <T> @Nullable T begin(Supplier<@Nullable T> call) {
    askedNanos = System.nanoTime();
    span.enter();
    CallRuns runs = CallRuns.open();
    runs.again();
    try {
      return call.get();
    } finally {
      runs.close();
      span.leave();
    }
  }

  /**
   * It was asked.
   *
   * @param status of its answer; 0 where there is none
   * @return whether its answer stands in
   */
  public boolean ended(int status) {
    boolean masks = isSuccess(status);
    if (masks) {
      budget.giveBack(PRICE);
    } else {
      budget.inVain(1);
      IN_VAIN.add(span, operation);
    }
    if (!Healing.isOff()) {
      Result result = masks ? Result.MASKED : Result.FAILED;
      Told.done(span, remedy, Arm.TREATED, 2, result, System.nanoTime() - askedNanos);
    }
    return masks;
  }

  /** It was asked, and nobody waited for the answer: that says nothing of the other model. */
  public void abandoned() {
    budget.giveBack(PRICE);
    if (!Healing.isOff()) {
      Told.done(span, remedy, Arm.SKIPPED, 1, Result.FAILED, 0);
    }
  }

  private static boolean isOverload(int status) {
    return new Refusal(status, null).isBeforeAnything();
  }

  private static boolean isSuccess(int status) {
    return status > 0 && status < FIRST_OF_NO_SUCCESS;
  }
}
