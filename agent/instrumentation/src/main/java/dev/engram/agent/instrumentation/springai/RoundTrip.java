package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * One call of a model, from its prompt to its answer. Up to Spring AI 1.1 a model runs the tools
 * that it wants before it returns, and then asks again: the call is over when the tools begin, and
 * the next has what the first was told by its answer.
 */
final class RoundTrip {
  private static final Attachments<RoundTrip> BY_PROMPT = new Attachments<>();
  private static final Attachments<RoundTrip> BY_ANSWER = new Attachments<>();

  private final ModelCall call;
  private final @Nullable OpenSpan around;
  private final @Nullable String conversation;
  private final @Nullable Usage before;
  private final String site;
  private final Answer answer = new Answer();
  private volatile boolean over;

  private RoundTrip(
      ModelCall call,
      @Nullable OpenSpan around,
      @Nullable String conversation,
      @Nullable Usage before,
      String site) {
    this.call = call;
    this.around = around;
    this.conversation = conversation;
    this.before = before;
    this.site = site;
  }

  /**
   * Opens it, without making it current; null when capture is off.
   *
   * @param earlier the answer whose tools were run; null when this is the first
   * @param conversation null where it is not known
   */
  static @Nullable RoundTrip open(
      Object model,
      Prompt prompt,
      @Nullable ChatResponse earlier,
      @Nullable String conversation,
      String method) {
    OpenSpan around = Tracing.current();
    ModelCall call = Question.open(model, prompt);
    if (call == null) {
      return null;
    }
    call.set(AttributeKey.GEN_AI_CONVERSATION_ID, conversation);
    Usage before = earlier == null ? null : earlier.getMetadata().getUsage();
    String site = model.getClass().getName() + "#" + method;
    RoundTrip trip = new RoundTrip(call, around, conversation, before, site);
    BY_PROMPT.put(prompt, trip);
    return trip;
  }

  /** The round trip that is open for this prompt; from now on it is not. */
  static @Nullable RoundTrip close(Object prompt) {
    return BY_PROMPT.remove(prompt);
  }

  /** The round trip that ended with this answer, for which tools were run; or null. */
  static @Nullable RoundTrip before(@Nullable ChatResponse earlier) {
    return earlier == null ? null : BY_ANSWER.get(earlier);
  }

  ModelCall call() {
    return call;
  }

  /** The span that was current when it was opened, or null. */
  @Nullable OpenSpan around() {
    return around;
  }

  @Nullable String conversation() {
    return conversation;
  }

  /** A piece of the answer. */
  void chunk(ChatResponse piece) {
    if (!over) {
      call.chunk(answer.add(piece));
    }
  }

  /** Tools are about to be run for this answer. */
  void answered(ChatResponse whole) {
    if (!over) {
      BY_ANSWER.put(whole, this);
      call.leave();
      whole(whole);
    }
  }

  /** The whole answer came at once. */
  void whole(ChatResponse response) {
    if (!over) {
      try {
        answer.add(response);
      } catch (RuntimeException | LinkageError unreadable) {
        Tracing.failed();
      }
      answered();
    }
  }

  /** All of the answer came. */
  void answered() {
    if (!over) {
      over = true;
      tell();
      call.end();
    }
  }

  void failed(Throwable thrown) {
    if (!over) {
      over = true;
      tell();
      call.fail(thrown, site);
    }
  }

  /** Nobody wants the rest. */
  void abandoned() {
    if (!over) {
      over = true;
      tell();
      call.incomplete();
    }
  }

  private void tell() {
    try {
      answer.tell(call, before);
    } catch (RuntimeException | LinkageError unreadable) {
      Tracing.failed();
    }
  }
}
