package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * The tools that one answer calls, while they are run on this thread. A tool itself is not told
 * which call it is; the calls are looked up by what they are given.
 */
final class ToolRound {
  /** By thread. */
  private static final Attachments<ToolRound> CURRENT = new Attachments<>();

  private final List<AssistantMessage.ToolCall> waiting;
  private final @Nullable ToolRound outer;
  private final @Nullable OpenSpan entered;

  private ToolRound(
      List<AssistantMessage.ToolCall> waiting,
      @Nullable ToolRound outer,
      @Nullable OpenSpan entered) {
    this.waiting = waiting;
    this.outer = outer;
    this.entered = entered;
  }

  /** Ends the call that was answered so; what follows is no part of it. */
  static @Nullable Object enter(@Nullable Object prompt, @Nullable Object response) {
    if (prompt == null || !(response instanceof ChatResponse answer)) {
      return null;
    }
    RoundTrip trip = RoundTrip.close(prompt);
    OpenSpan around = null;
    if (trip != null) {
      trip.answered(answer);
      around = trip.around();
    }
    // Before the span is entered: where an answer cannot be read, nobody would leave it.
    List<AssistantMessage.ToolCall> waiting = new ArrayList<>();
    for (Generation generation : answer.getResults()) {
      waiting.addAll(generation.getOutput().getToolCalls());
    }
    Thread thread = Thread.currentThread();
    OpenSpan entered = around != null && Tracing.current() == null ? around.enter() : null;
    ToolRound round = new ToolRound(waiting, CURRENT.get(thread), entered);
    CURRENT.put(thread, round);
    return round;
  }

  static void exit(Object entered) {
    ToolRound round = (ToolRound) entered;
    if (round.outer == null) {
      CURRENT.remove(Thread.currentThread());
    } else {
      CURRENT.put(Thread.currentThread(), round.outer);
    }
    if (round.entered != null) {
      round.entered.leave();
    }
  }

  /** The id of the next call of this tool with these arguments; null where it is not known. */
  static @Nullable String id(String tool, @Nullable String arguments) {
    ToolRound round = CURRENT.get(Thread.currentThread());
    if (round == null) {
      return null;
    }
    for (AssistantMessage.ToolCall call : round.waiting) {
      if (call.name().equals(tool) && call.arguments().equals(arguments)) {
        round.waiting.remove(call);
        return call.id();
      }
    }
    return null;
  }
}
