package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a call of a model. A call passes several, such as a framework's model, a provider's
 * client and HTTP, and has one span: the outermost layer opens it; a layer below, which finds that
 * span current, opens none and fills in only what the span does not say yet. So every layer does
 * the same: {@link #open}, say what is asked, {@link #begin}, call, {@link #leave}, say what was
 * answered, {@link #end} or {@link #fail}.
 *
 * <p>Filled by one thread at a time; {@link #begin} and {@link #leave} on the same thread. Ended
 * from any, once; what is said later is dropped. No method throws.
 */
public final class ModelCall implements OpenStream {
  private static final long SILENT_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long SILENT_AFTER_REQUEST_NANOS = TimeUnit.MINUTES.toNanos(1);

  static final String INPUT = "gen_ai.input.messages";
  static final String OUTPUT = "gen_ai.output.messages";

  private static final String EMBEDDINGS = "embeddings";

  private final OpenSpan span;
  private final @Nullable OpenSpan caller;
  private final String operation;
  private final @Nullable String provider;
  private final CallContent content;
  private final int layer;
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable Instructions instructions;
  private @Nullable Chunks chunks;
  private volatile @Nullable WeakReference<Object> reader;

  private ModelCall(
      OpenSpan span,
      @Nullable OpenSpan caller,
      String operation,
      @Nullable String provider,
      CallContent content) {
    this.span = span;
    this.caller = caller;
    this.operation = operation;
    this.provider = provider;
    this.content = content;
    this.layer = content.nextLayer();
  }

  /**
   * A layer begins.
   *
   * @param operation {@code chat}, {@code generate_content}, {@code text_completion} or {@code
   *     embeddings}
   * @param provider as OpenTelemetry spells it; null when this layer does not know
   * @param model that is asked for; null when this layer does not know
   * @return null when capture is off
   */
  public static @Nullable ModelCall open(
      String operation, @Nullable String provider, @Nullable String model) {
    OpenSpan current = Tracing.current();
    ModelCall call = current == null ? null : joined(current, operation, provider);
    if (call == null) {
      OpenSpan span = Tracing.open(SpanKind.CLIENT, Category.AI, name(operation, model));
      if (span == null) {
        return null;
      }
      call = new ModelCall(span, current, operation, provider, new CallContent());
      AiSpan.within(current, span.put(AttributeKey.GEN_AI_OPERATION_NAME, operation))
          .operation(call);
      AgentCall agent = AgentCall.current();
      call.set(AttributeKey.GEN_AI_CONVERSATION_ID, agent == null ? null : agent.conversation());
      isNoCall(agent == null ? current : agent.around());
    }
    return call.set(AttributeKey.GEN_AI_PROVIDER_NAME, provider).model(model);
  }

  /** A remembered method that was taken for a call is none, where one lies in it. */
  private static void isNoCall(@Nullable OpenSpan around) {
    if (around != null
        && around.category() == Category.AI
        && around.kind() == SpanKind.CLIENT
        && around.operation() == null) {
      around.kind(SpanKind.INTERNAL);
    }
  }

  /** Whether a call of a model is current: what goes on now is its work. */
  public static boolean isCurrent() {
    OpenSpan current = Tracing.current();
    return current != null && current.operation() instanceof ModelCall;
  }

  /** A model that embeds what another is asked is no layer of it. */
  private static @Nullable ModelCall joined(
      OpenSpan current, String operation, @Nullable String provider) {
    return current.operation() instanceof ModelCall outer
            && outer.operation.equals(EMBEDDINGS) == operation.equals(EMBEDDINGS)
        ? new ModelCall(current, outer.caller, outer.operation, provider, outer.content)
        : null;
  }

  /**
   * An HTTP client begins an attempt.
   *
   * @param parent the span that it belongs to; where that is a call's, it is an attempt of the call
   */
  public static void attempted(@Nullable OpenSpan parent, OpenSpan attempt) {
    if (parent != null && parent.operation() instanceof ModelCall call) {
      call.content.attempts.begun();
      attempt.operation(call.content.attempts);
    }
  }

  /** An attempt of an HTTP client was refused, or got no answer; its span has not ended. */
  public static void attemptFailed(OpenSpan attempt) {
    if (attempt.operation() instanceof Attempts attempts) {
      attempts.failed();
    }
  }

  /** Whether the span is this layer's own. */
  public boolean isOutermost() {
    return layer == 0;
  }

  /** Whether Google is asked, as far as this layer knows. */
  public boolean isAskedOfGoogle() {
    return provider != null && provider.startsWith("gcp.");
  }

  /** The model that is asked for, where it becomes known later. */
  public ModelCall model(@Nullable String model) {
    if (model != null && (isOutermost() || !span.has(AttributeKey.GEN_AI_REQUEST_MODEL))) {
      span.put(AttributeKey.GEN_AI_REQUEST_MODEL, model).name(name(operation, model));
    }
    return this;
  }

  /**
   * A parameter of the request, or something said of the response.
   *
   * @param value text, a number or a flag; several texts are joined, by a comma or, of stop
   *     sequences, a line break. Null, and what is none of these, is left out
   */
  public ModelCall set(AttributeKey key, @Nullable Object value) {
    if (value == null || (!isOutermost() && span.has(key))) {
      return this;
    }
    if (value instanceof String text) {
      span.put(key, text);
    } else if (value instanceof Boolean flag) {
      span.put(key, flag.booleanValue());
    } else if (value instanceof Double || value instanceof Float) {
      span.put(key, ((Number) value).doubleValue());
    } else if (value instanceof Long || value instanceof Integer) {
      span.put(key, ((Number) value).longValue());
    } else if (value instanceof Collection<?> texts) {
      span.put(key, Joined.texts(texts, key));
    }
    return this;
  }

  /** Tokens: the input with what came from or went to a cache, the output with reasoning. */
  public ModelCall tokens(@Nullable Number input, @Nullable Number output) {
    return set(AttributeKey.GEN_AI_USAGE_INPUT_TOKENS, whole(input))
        .set(AttributeKey.GEN_AI_USAGE_OUTPUT_TOKENS, whole(output));
  }

  /** Parts of the tokens: read from a cache, written to one, and reasoning. */
  public ModelCall tokenParts(
      @Nullable Number cacheRead, @Nullable Number cacheCreation, @Nullable Number reasoning) {
    return set(AttributeKey.GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, whole(cacheRead))
        .set(AttributeKey.GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS, whole(cacheCreation))
        .set(AttributeKey.GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, whole(reasoning));
  }

  /** Attempts after the first, as far as this layer counts them. */
  public ModelCall retried(long attempts) {
    content.attempts.retried(attempts);
    return this;
  }

  /** A text of the system instructions; several come in their order. */
  public ModelCall system(@Nullable String text) {
    if (text != null && content.system.isOpenTo(layer)) {
      Instructions mine = instructions == null ? new Instructions() : instructions;
      mine.add(text);
      instructions = mine;
      content.system.by(layer, mine);
    }
    return this;
  }

  /** Whether what this layer says of the input counts, or nobody need read it again. */
  public boolean wantsInput() {
    return !span.isEnded() && content.input.isOpenTo(layer);
  }

  /** The same of the output. */
  public boolean wantsOutput() {
    return !span.isEnded() && content.output.isOpenTo(layer);
  }

  /** What the model is asked. */
  public ModelCall input(Messages messages) {
    content.input.by(layer, messages);
    return this;
  }

  /** What it answered, whole. */
  public ModelCall output(Messages messages) {
    content.output.by(layer, messages);
    return this;
  }

  public ModelCall tools(ToolDefinitions tools) {
    content.tools.by(layer, tools);
    return this;
  }

  /** All that is known of the request was said; makes the call's span current. */
  public ModelCall begin() {
    if (isOutermost()) {
      putAsked();
      span.begun().enter();
    }
    return this;
  }

  private void putAsked() {
    try {
      content.putAsked(span);
    } catch (Throwable unfit) {
      Tracing.failed();
    }
  }

  /** Restores what was current before {@link #begin}. The call may go on. */
  public void leave() {
    if (isOutermost()) {
      span.leave();
    }
  }

  /**
   * The answer streams, and the call is over when somebody says so; where nobody does, it is when
   * this object is gone, or nothing came for long: see {@link #isAbandoned}. Of several that are
   * told one after the other, the last counts.
   *
   * @param reader through which the application reads the answer, or is given it; held weakly, and
   *     must be an object that lives as long as the stream does
   */
  public ModelCall streams(Object reader) {
    set(AttributeKey.GEN_AI_REQUEST_STREAM, true);
    boolean known = this.reader != null;
    this.reader = new WeakReference<>(reader);
    if (isOutermost() && !known) {
      OpenStreams.add(this);
    }
    return this;
  }

  /**
   * A piece of the answer came.
   *
   * @param text that it adds to the answer; null when it adds none
   */
  public ModelCall chunk(@Nullable CharSequence text) {
    if (span.isEnded()) {
      return this;
    }
    Chunks mine = chunks == null ? new Chunks(Tracing.aiContentLimit()) : chunks;
    chunks = mine;
    content.chunks.by(layer, mine);
    content.heard = System.nanoTime();
    mine.add(content.heard - content.begun, text);
    return this;
  }

  /** The answer is whole; ends the span if it is this layer's. */
  public void end() {
    if (isOutermost() && over.compareAndSet(false, true)) {
      try {
        content.putInto(span);
      } catch (Throwable unfit) {
        Tracing.failed();
      } finally {
        span.end();
      }
    }
  }

  /**
   * The call failed; ends the span if it is this layer's. What fails in a layer below may be tried
   * again by one above.
   *
   * @param site {@code class#method} where that was seen, or null
   */
  public void fail(Throwable thrown, @Nullable String site) {
    if (isOutermost() && !over.get()) {
      span.fail(thrown, ExceptionOrigin.ESCAPED, site);
      end();
    }
  }

  /** The same without an exception, such as by the status of an answer. */
  public void fail(String errorType, @Nullable String description) {
    if (isOutermost() && !over.get()) {
      span.fail(errorType, description);
      end();
    }
  }

  /** The stream ended without its last chunk; ends the span if it is this layer's. */
  public void incomplete() {
    if (isOutermost() && !over.get()) {
      span.put(AttributeKey.ENGRAM_AI_INCOMPLETE, true);
      end();
    }
  }

  /**
   * Runs what the application does with a piece or the whole of an answer, in the span that was
   * current when the call was opened: what it begins is no work of the call. Whatever it throws is
   * thrown.
   */
  public void outside(Runnable callback) {
    OpenSpan around = isOutermost() ? caller : null;
    if (around == null) {
      callback.run();
      return;
    }
    around.enter();
    try {
      callback.run();
    } finally {
      around.leave();
    }
  }

  @Override
  public boolean isOver() {
    return span.isEnded();
  }

  /**
   * When its reader is gone, when its request is over and nothing came for a minute, or nothing
   * came for ten.
   */
  @Override
  public boolean isAbandoned(long nanoTime) {
    long silent = nanoTime - content.heard;
    return isReaderGone()
        || silent > SILENT_NANOS
        || (silent > SILENT_AFTER_REQUEST_NANOS && span.isRequestOver());
  }

  @Override
  public void abandoned() {
    incomplete();
  }

  /** With what has come. */
  @Override
  public void stopped() {
    incomplete();
  }

  private boolean isReaderGone() {
    WeakReference<Object> last = reader;
    return last == null || last.refersTo(null);
  }

  private static @Nullable Long whole(@Nullable Number number) {
    return number instanceof Integer || number instanceof Long ? number.longValue() : null;
  }

  private static String name(String operation, @Nullable String model) {
    return model == null ? operation : operation + " " + model;
  }
}
