package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.ToolDefinitions;
import dev.engram.agent.core.json.Json;
import dev.engram.agent.record.AttributeKey;

/** What several interfaces say in the same way of what is asked. Pure. */
final class Asking {
  private Asking() {}

  /** The parameters that have the same names in many interfaces. */
  static void parameters(Json from, ModelCall call) {
    call.set(AttributeKey.GEN_AI_REQUEST_TEMPERATURE, from.get("temperature").decimal())
        .set(AttributeKey.GEN_AI_REQUEST_TOP_P, from.first("top_p", "topP").decimal())
        .set(AttributeKey.GEN_AI_REQUEST_TOP_K, from.first("top_k", "topK").decimal())
        .set(AttributeKey.GEN_AI_REQUEST_SEED, from.get("seed").integer())
        .set(
            AttributeKey.GEN_AI_REQUEST_MAX_TOKENS,
            from.first(
                    "max_completion_tokens",
                    "max_tokens",
                    "max_output_tokens",
                    "maxOutputTokens",
                    "maxTokens",
                    "num_predict")
                .integer())
        .set(
            AttributeKey.GEN_AI_REQUEST_FREQUENCY_PENALTY,
            from.first("frequency_penalty", "frequencyPenalty").decimal())
        .set(
            AttributeKey.GEN_AI_REQUEST_PRESENCE_PENALTY,
            from.first("presence_penalty", "presencePenalty").decimal())
        .set(AttributeKey.GEN_AI_REQUEST_CHOICE_COUNT, from.first("n", "candidateCount").integer());
    Json stop = from.first("stop", "stop_sequences", "stopSequences");
    if (!stop.texts().isEmpty()) {
      call.set(AttributeKey.GEN_AI_REQUEST_STOP_SEQUENCES, stop.texts());
    }
  }

  /** A text, or parts of which those with a {@code text} are texts and the others media. */
  static void content(Json content, Messages to) {
    if (content.text() != null) {
      to.text(content.text());
    }
    for (Json part : content.elements()) {
      if (part.text() != null || part.has("text")) {
        to.text(part.text() == null ? part.get("text").text() : part.text());
      } else {
        media(part, to);
      }
    }
  }

  /** All texts of a content, to the system instructions. */
  static void system(Json content, ModelCall call) {
    content.texts().forEach(call::system);
    call.system(content.get("text").text());
    content.elements().forEach(part -> call.system(part.get("text").text()));
  }

  static void tool(Json function, Json schema, ToolDefinitions to) {
    to.add(
        function.get("name").text(function.get("type").text("")),
        function.get("description").text(),
        schema.asWritten());
  }

  /** Whatever it is, without its bytes. */
  private static void media(Json part, Messages to) {
    String type = part.get("type").text("");
    Json url = part.get("image_url");
    String address = url.text() == null ? url.get("url").text() : url.text();
    boolean inline = address == null || address.startsWith("data:");
    String modality = type.contains("audio") ? "audio" : type.contains("image") ? "image" : "";
    if (!type.isEmpty()) {
      to.media(modality.isEmpty() ? "document" : modality, null, inline ? null : address);
    }
  }
}
