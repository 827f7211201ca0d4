package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.decision.AnswerMessages;
import dev.engram.agent.record.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * What the layers of one call of a model share. Written by one thread at a time: that of the call,
 * or that of its stream.
 */
final class CallContent {
  final Told<Instructions> system = new Told<>();
  final Told<Messages> input = new Told<>();
  final Told<Messages> output = new Told<>();
  final Told<ToolDefinitions> tools = new Told<>();
  final Told<Chunks> chunks = new Told<>();
  final Attempts attempts = new Attempts();
  final long begun = System.nanoTime();
  volatile long heard = begun;
  private int layers;

  /** 0 for the outermost. */
  int nextLayer() {
    return layers++;
  }

  /** Puts what is asked into the span, as far as it is known and was not put before. */
  void putAsked(OpenSpan span) {
    Instructions instructions = system.take();
    if (instructions != null) {
      span.put(AttributeKey.ENGRAM_AI_PROMPT_HASH, instructions.hash());
      instructions.putInto(span, "gen_ai.system_instructions");
    }
    put(span, ModelCall.INPUT, input.take());
    put(span, "gen_ai.tool.definitions", tools.take());
  }

  /** Puts all into the span; before its end. */
  void putInto(OpenSpan span) {
    Chunks streamed = chunks.get();
    if (streamed != null) {
      streamed.putInto(span);
    }
    attempts.putInto(span);
    putAsked(span);
    Messages answer = answer(streamed);
    put(span, ModelCall.OUTPUT, answer);
    if (answer != null) {
      ToolDefinitions offered = tools.get();
      AnswerMessages.record(
          answer.json.toString(), () -> offered == null ? "" : offered.json.toString(), span);
    }
  }

  /** The pieces that came, where nobody saw a whole answer. */
  private @Nullable Messages answer(@Nullable Chunks streamed) {
    Messages whole = output.get();
    return whole != null || streamed == null || streamed.text().isEmpty()
        ? whole
        : new Messages().role("assistant").text(streamed.text());
  }

  private static void put(OpenSpan span, String name, @Nullable Content content) {
    if (content != null) {
      content.putInto(span, name);
    }
  }
}
