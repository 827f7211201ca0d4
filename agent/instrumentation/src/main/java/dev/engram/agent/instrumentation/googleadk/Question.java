package dev.engram.agent.instrumentation.googleadk;

import com.google.adk.models.BaseLlm;
import com.google.adk.models.LlmRequest;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Tool;
import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.ToolDefinitions;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model is asked. */
final class Question {
  private static final String MODELS = "com.google.adk.models.";

  private Question() {}

  /** Null when capture is off. What cannot be read is left out. */
  static @Nullable ModelCall open(BaseLlm model, LlmRequest request) {
    String name = request.model().orElse(model.model());
    ModelCall call = ModelCall.open("generate_content", provider(model), name);
    if (call != null) {
      try {
        ask(call, request);
      } catch (RuntimeException | LinkageError unreadable) {
        Tracing.failed();
      }
    }
    return call;
  }

  /** Null for models of the application. */
  private static @Nullable String provider(BaseLlm model) {
    return switch (model.getClass().getName()) {
      case MODELS + "Gemini" -> "gcp.gemini";
      case MODELS + "Claude" -> "anthropic";
      default -> null;
    };
  }

  private static void ask(ModelCall call, LlmRequest request) {
    GenerateContentConfig config = request.config().orElse(null);
    if (config != null) {
      parameters(call, config);
    }
    if (!call.wantsInput()) {
      return;
    }
    Messages messages = new Messages();
    for (Content content : request.contents()) {
      ContentText.add(messages, content);
    }
    call.input(messages);
    if (config != null) {
      for (Part part : ContentText.parts(config.systemInstruction().orElse(null))) {
        call.system(part.text().orElse(null));
      }
      tools(call, config.tools().orElse(List.of()));
    }
  }

  private static void parameters(ModelCall call, GenerateContentConfig config) {
    call.set(AttributeKey.GEN_AI_REQUEST_TEMPERATURE, config.temperature().orElse(null))
        .set(AttributeKey.GEN_AI_REQUEST_TOP_P, config.topP().orElse(null))
        .set(AttributeKey.GEN_AI_REQUEST_TOP_K, whole(config.topK().orElse(null)))
        .set(AttributeKey.GEN_AI_REQUEST_MAX_TOKENS, config.maxOutputTokens().orElse(null))
        .set(AttributeKey.GEN_AI_REQUEST_SEED, config.seed().orElse(null))
        .set(AttributeKey.GEN_AI_REQUEST_CHOICE_COUNT, config.candidateCount().orElse(null))
        .set(AttributeKey.GEN_AI_REQUEST_FREQUENCY_PENALTY, config.frequencyPenalty().orElse(null))
        .set(AttributeKey.GEN_AI_REQUEST_PRESENCE_PENALTY, config.presencePenalty().orElse(null))
        .set(AttributeKey.GEN_AI_REQUEST_STOP_SEQUENCES, config.stopSequences().orElse(null));
  }

  /** It is sent as a fraction, and is a count. */
  private static @Nullable Long whole(@Nullable Float number) {
    return number == null ? null : (long) number.floatValue();
  }

  private static void tools(ModelCall call, List<Tool> tools) {
    ToolDefinitions definitions = new ToolDefinitions();
    for (Tool tool : tools) {
      for (FunctionDeclaration function : tool.functionDeclarations().orElse(List.of())) {
        definitions.add(
            function.name().orElse(""),
            function.description().orElse(null),
            function.parameters().map(Schema::toJson).orElse(null));
      }
    }
    if (definitions.size() > 0) {
      call.tools(definitions);
    }
  }
}
