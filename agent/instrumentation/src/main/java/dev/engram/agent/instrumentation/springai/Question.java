package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.ToolDefinitions;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** What a chat model is asked. */
final class Question {
  private Question() {}

  /** Null when capture is off. What cannot be read is left out. */
  static @Nullable ModelCall open(Object model, Prompt prompt) {
    ModelCall call = ModelCall.open("chat", Provider.of(model), null);
    if (call != null) {
      try {
        ask(call, prompt);
      } catch (RuntimeException | LinkageError unreadable) {
        Tracing.failed();
      }
    }
    return call;
  }

  private static void ask(ModelCall call, Prompt prompt) {
    ChatOptions options = prompt.getOptions();
    if (options != null) {
      parameters(call, options);
    }
    if (!call.wantsInput()) {
      return;
    }
    Messages messages = new Messages();
    for (Message message : prompt.getInstructions()) {
      if (message.getMessageType() == MessageType.SYSTEM) {
        call.system(message.getText());
      } else {
        ChatText.add(messages, message);
      }
    }
    call.input(messages);
    if (options instanceof ToolCallingChatOptions tooled) {
      tools(call, tooled.getToolCallbacks());
    }
  }

  private static void parameters(ModelCall call, ChatOptions options) {
    List<String> stop = options.getStopSequences();
    call.model(options.getModel())
        .set(AttributeKey.GEN_AI_REQUEST_TEMPERATURE, options.getTemperature())
        .set(AttributeKey.GEN_AI_REQUEST_TOP_P, options.getTopP())
        .set(AttributeKey.GEN_AI_REQUEST_TOP_K, options.getTopK())
        .set(AttributeKey.GEN_AI_REQUEST_MAX_TOKENS, options.getMaxTokens())
        .set(AttributeKey.GEN_AI_REQUEST_FREQUENCY_PENALTY, options.getFrequencyPenalty())
        .set(AttributeKey.GEN_AI_REQUEST_PRESENCE_PENALTY, options.getPresencePenalty())
        .set(AttributeKey.GEN_AI_REQUEST_SEED, Later.number(options, "getSeed"))
        .set(
            AttributeKey.GEN_AI_REQUEST_STOP_SEQUENCES,
            stop == null || stop.isEmpty() ? null : stop);
  }

  private static void tools(ModelCall call, @Nullable List<ToolCallback> callbacks) {
    if (callbacks == null || callbacks.isEmpty()) {
      return;
    }
    ToolDefinitions tools = new ToolDefinitions();
    for (ToolCallback callback : callbacks) {
      ToolDefinition tool = callback.getToolDefinition();
      tools.add(tool.name(), tool.description(), tool.inputSchema());
    }
    call.tools(tools);
  }
}
