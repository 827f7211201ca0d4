package dev.engram.agent.instrumentation.langchain4j;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.ToolDefinitions;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a chat model is asked and answers. */
final class ChatCapture {
  private ChatCapture() {}

  static @Nullable Object enter(Object model, ChatRequest request) {
    ModelCall call = open(model, request);
    return call == null ? null : call.begin();
  }

  static void exit(
      Object opened, Object model, @Nullable ChatResponse response, @Nullable Throwable thrown) {
    ModelCall call = (ModelCall) opened;
    call.leave();
    if (thrown != null) {
      call.fail(thrown, site(model, "chat"));
      return;
    }
    if (response != null) {
      answered(call, response);
    }
    call.end();
  }

  static @Nullable ModelCall open(Object model, ChatRequest request) {
    ChatRequestParameters parameters = request.parameters();
    ModelCall call = ModelCall.open("chat", Provider.of(model), parameters.modelName());
    if (call != null) {
      try {
        asked(call, request, parameters);
      } catch (RuntimeException | LinkageError unreadable) {
        Tracing.failed();
      }
    }
    return call;
  }

  /** What cannot be read is left out; the call ends all the same. */
  static void answered(ModelCall call, ChatResponse response) {
    try {
      answer(call, response);
    } catch (RuntimeException | LinkageError unreadable) {
      Tracing.failed();
    }
  }

  static String site(Object model, String method) {
    return model.getClass().getName() + "#" + method;
  }

  private static void asked(ModelCall call, ChatRequest request, ChatRequestParameters asked) {
    call.set(AttributeKey.GEN_AI_REQUEST_TEMPERATURE, asked.temperature())
        .set(AttributeKey.GEN_AI_REQUEST_TOP_P, asked.topP())
        .set(AttributeKey.GEN_AI_REQUEST_TOP_K, asked.topK())
        .set(AttributeKey.GEN_AI_REQUEST_MAX_TOKENS, asked.maxOutputTokens())
        .set(AttributeKey.GEN_AI_REQUEST_FREQUENCY_PENALTY, asked.frequencyPenalty())
        .set(AttributeKey.GEN_AI_REQUEST_PRESENCE_PENALTY, asked.presencePenalty())
        .set(AttributeKey.GEN_AI_REQUEST_SEED, Later.number(asked, "seed"));
    List<String> stop = asked.stopSequences();
    call.set(
        AttributeKey.GEN_AI_REQUEST_STOP_SEQUENCES, stop == null || stop.isEmpty() ? null : stop);
    if (!call.wantsInput()) {
      return;
    }
    Messages messages = new Messages();
    for (ChatMessage message : request.messages()) {
      if (message instanceof SystemMessage system) {
        call.system(system.text());
      } else {
        ChatText.add(messages, message);
      }
    }
    call.input(messages);
    tools(call, asked.toolSpecifications());
  }

  private static void tools(ModelCall call, @Nullable List<ToolSpecification> specifications) {
    if (specifications == null || specifications.isEmpty()) {
      return;
    }
    ToolDefinitions tools = new ToolDefinitions();
    for (ToolSpecification tool : specifications) {
      Map<String, Object> schema =
          tool.parameters() == null ? Map.of() : JsonSchemaElementUtils.toMap(tool.parameters());
      tools.add(tool.name(), tool.description(), schema);
    }
    call.tools(tools);
  }

  private static void answer(ModelCall call, ChatResponse response) {
    FinishReason reason = response.finishReason();
    String finish = reason == null ? null : finish(reason);
    call.set(AttributeKey.GEN_AI_RESPONSE_ID, response.id())
        .set(AttributeKey.GEN_AI_RESPONSE_MODEL, response.modelName())
        .set(AttributeKey.GEN_AI_RESPONSE_FINISH_REASONS, finish);
    Tokens.of(response.tokenUsage(), call);
    if (response.aiMessage() != null && call.wantsOutput()) {
      Messages messages = new Messages();
      ChatText.add(messages, response.aiMessage(), finish);
      call.output(messages);
    }
  }

  private static String finish(FinishReason reason) {
    return reason == FinishReason.TOOL_EXECUTION
        ? "tool_calls"
        : reason.name().toLowerCase(Locale.ROOT);
  }
}
