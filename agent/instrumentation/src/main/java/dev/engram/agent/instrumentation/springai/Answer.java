package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * What a model said, from one response or from the pieces of a stream. Written by one thread at a
 * time.
 */
final class Answer {
  private static final String REASONING = "reasoningContent";

  private final int limit = Tracing.aiContentLimit();
  private final List<Choice> choices = new ArrayList<>();
  private @Nullable ChatResponseMetadata metadata;
  private @Nullable Usage usage;

  /** One of the answers that were asked for; mostly there is one. */
  private static final class Choice {
    final StringBuilder text = new StringBuilder();
    final StringBuilder reasoning = new StringBuilder();
    final List<AssistantMessage.ToolCall> toolCalls = new ArrayList<>();
    @Nullable String finishReason;
  }

  /**
   * Adds a piece, or the whole.
   *
   * @return the text that it adds to the first choice, or null
   */
  @Nullable String add(ChatResponse response) {
    String added = null;
    List<Generation> generations = response.getResults();
    for (int i = 0; i < generations.size(); i++) {
      String text = add(i, generations.get(i));
      added = i == 0 ? text : added;
    }
    metadata = response.getMetadata();
    if (metadata != null && Tokens.isTold(metadata.getUsage())) {
      usage = metadata.getUsage();
    }
    return added;
  }

  private @Nullable String add(int index, Generation generation) {
    while (choices.size() <= index) {
      choices.add(new Choice());
    }
    Choice choice = choices.get(index);
    AssistantMessage message = generation.getOutput();
    String text = message.getText();
    append(choice.text, text);
    append(
        choice.reasoning,
        message.getMetadata().get(REASONING) instanceof String thought ? thought : null);
    if (message.hasToolCalls()) {
      choice.toolCalls.addAll(message.getToolCalls());
    }
    String reason = ChatText.some(generation.getMetadata().getFinishReason());
    choice.finishReason = reason == null ? choice.finishReason : reason.toLowerCase(Locale.ROOT);
    return text;
  }

  private void append(StringBuilder to, @Nullable String text) {
    if (text != null) {
      to.append(text, 0, Math.min(text.length(), limit - to.length()));
    }
  }

  /**
   * Tells the call all of it.
   *
   * @param before what answers before this one used, which the usage may contain; or null
   */
  void tell(ModelCall call, @Nullable Usage before) {
    if (metadata != null) {
      call.set(AttributeKey.GEN_AI_RESPONSE_ID, ChatText.some(metadata.getId()))
          .set(AttributeKey.GEN_AI_RESPONSE_MODEL, ChatText.some(metadata.getModel()));
      if (usage != null) {
        Tokens.tell(call, usage, metadata, before);
      }
    }
    Set<String> reasons = new LinkedHashSet<>();
    Messages messages = new Messages();
    for (Choice choice : choices) {
      messages
          .role("assistant")
          .reasoning(ChatText.some(choice.reasoning.toString()))
          .text(ChatText.some(choice.text.toString()));
      ChatText.toolCalls(messages, choice.toolCalls);
      if (choice.finishReason != null) {
        messages.finishReason(choice.finishReason);
        reasons.add(choice.finishReason);
      }
    }
    call.set(AttributeKey.GEN_AI_RESPONSE_FINISH_REASONS, reasons.isEmpty() ? null : reasons);
    if (!choices.isEmpty() && call.wantsOutput()) {
      call.output(messages);
    }
  }
}
