package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open span of something with one layer: a tool, a retrieval, an agent. Filled by one thread at
 * a time; {@link #enter()} and {@link #leave()} on the same thread. No method throws.
 */
public abstract class AiSpan {
  private static final List<AttributeKey> SURROUNDING =
      List.of(
          AttributeKey.GEN_AI_AGENT_NAME,
          AttributeKey.of("gen_ai.workflow.name"),
          AttributeKey.of("engram.workflow.node.name"));

  final OpenSpan span;

  AiSpan(OpenSpan span) {
    this.span = span;
  }

  /** Null when capture is off. */
  static @Nullable OpenSpan open(Category category, String operation, @Nullable String name) {
    String spanName = name == null ? operation : operation + " " + name;
    OpenSpan around = Tracing.current();
    OpenSpan span = Tracing.open(SpanKind.INTERNAL, category, spanName);
    return span == null
        ? null
        : within(around, span.put(AttributeKey.GEN_AI_OPERATION_NAME, operation));
  }

  /** Takes over which agent, workflow and node it is of from the span that it lies in. */
  static OpenSpan within(@Nullable OpenSpan around, OpenSpan span) {
    if (around != null) {
      for (AttributeKey name : SURROUNDING) {
        span.put(name, around.text(name));
      }
    }
    return span;
  }

  /** Makes it the thread's current span. */
  public final void enter() {
    span.enter();
  }

  /** Restores what was current before. */
  public final void leave() {
    span.leave();
  }

  /**
   * It threw; ends it.
   *
   * @param site {@code class#method} where that was seen, or null
   */
  public final void fail(Throwable thrown, @Nullable String site) {
    span.fail(thrown, ExceptionOrigin.ESCAPED, site);
    span.end();
  }

  /**
   * It failed without an exception; ends it.
   *
   * @param gave what it gave instead of a result; not kept where sizes alone are
   */
  public final void fail(String errorType, @Nullable String gave) {
    span.fail(errorType, Tracing.aiContentLimit() == 0 ? null : gave);
    span.end();
  }

  /** Ends it; later calls do nothing. */
  public final void end() {
    span.end();
  }
}
