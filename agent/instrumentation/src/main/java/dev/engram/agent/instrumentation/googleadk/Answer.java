package dev.engram.agent.instrumentation.googleadk;

import com.google.adk.models.LlmResponse;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Part;
import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.record.AttributeKey;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model said. Of a stream the kit gives the pieces as partial responses, and then the whole.
 * Written by one thread at a time.
 */
final class Answer {
  private final Messages messages = new Messages().role("assistant");
  private boolean whole;
  private @Nullable String finishReason;
  private @Nullable String model;
  private @Nullable GenerateContentResponseUsageMetadata usage;

  /**
   * Adds a response.
   *
   * @return the text of a piece; null where it is none
   */
  @Nullable String add(LlmResponse response) {
    Content content = response.content().orElse(null);
    boolean partial = response.partial().orElse(false);
    if (content != null && !partial) {
      ContentText.addParts(messages, content);
      whole = true;
    }
    finishReason =
        response
            .finishReason()
            .or(response::errorCode)
            .map(reason -> reason.toString().toLowerCase(Locale.ROOT))
            .orElse(finishReason);
    model = response.modelVersion().orElse(model);
    usage = response.usageMetadata().orElse(usage);
    return partial ? text(content) : null;
  }

  /** Whether a response came that is not a piece of one. */
  boolean isWhole() {
    return whole;
  }

  /** Tells the call all of it. */
  void tell(ModelCall call) {
    call.set(AttributeKey.GEN_AI_RESPONSE_MODEL, model)
        .set(AttributeKey.GEN_AI_RESPONSE_FINISH_REASONS, finishReason);
    if (usage != null) {
      tell(call, usage);
    }
    if (whole && call.wantsOutput()) {
      call.output(messages.finishReason(finishReason));
    }
  }

  /** What the model thought is counted apart from what it said. */
  private static void tell(ModelCall call, GenerateContentResponseUsageMetadata usage) {
    Optional<Integer> thoughts = usage.thoughtsTokenCount();
    Integer said = usage.candidatesTokenCount().orElse(null);
    call.tokens(
            usage.promptTokenCount().orElse(null),
            said == null ? thoughts.orElse(null) : (Integer) (said + thoughts.orElse(0)))
        .tokenParts(usage.cachedContentTokenCount().orElse(null), null, thoughts.orElse(null));
  }

  private static @Nullable String text(@Nullable Content content) {
    StringBuilder text = new StringBuilder();
    for (Part part : ContentText.parts(content)) {
      if (!part.thought().orElse(false)) {
        text.append(part.text().orElse(""));
      }
    }
    return text.isEmpty() ? null : text.toString();
  }
}
