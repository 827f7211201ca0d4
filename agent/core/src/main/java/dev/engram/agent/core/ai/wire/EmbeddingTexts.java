package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.json.Json;

/** Embeddings of OpenAI, Ollama and Gemini: what was embedded, and not the vectors. */
final class EmbeddingTexts implements Shape {
  private final String provider;

  EmbeddingTexts(String provider) {
    this.provider = provider;
  }

  @Override
  public String operation() {
    return "embeddings";
  }

  @Override
  public String provider() {
    return provider;
  }

  @Override
  public boolean asks(Json request) {
    boolean named = request.has("model") && (request.has("input") || request.has("prompt"));
    return named || request.get("content").has("parts") || request.get("requests").isArray();
  }

  @Override
  public void request(Json request, ModelCall call) {
    Messages messages = new Messages().role("user");
    request.first("input", "prompt").texts().forEach(messages::text);
    Asking.content(request.get("content").get("parts"), messages);
    for (Json one : request.get("requests").elements()) {
      Asking.content(one.get("content").get("parts"), messages);
    }
    call.input(messages);
  }

  @Override
  public void answer(Json response, Answer answer) {
    answer.from(response.get("id"), response.get("model"));
    Json usage = response.get("usage");
    answer.tokens(
        usage.has("prompt_tokens")
            ? usage.get("prompt_tokens").integer()
            : response.get("prompt_eval_count").integer(),
        null);
  }

  @Override
  public boolean piece(Json event, Answer answer) {
    return false;
  }
}
