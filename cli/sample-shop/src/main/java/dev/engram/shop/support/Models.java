package dev.engram.shop.support;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The models that the shop asks, of whoever speaks OpenAI's protocol at {@code shop.model.url}.
 * Thread-safe.
 */
@Lazy
@Component
class Models {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final String url;
  private final String key;

  Models(
      @Value("${shop.model.url:https://api.openai.com/v1}") String url,
      @Value("${OPENAI_API_KEY:none}") String key) {
    this.url = url;
    this.key = key;
  }

  /** Cheap, for short judgements. */
  ChatModel small() {
    return named("gpt-4o-mini");
  }

  /** For what customers read. */
  ChatModel large() {
    return named("gpt-4o");
  }

  private ChatModel named(String model) {
    return OpenAiChatModel.builder()
        .baseUrl(url)
        .apiKey(key)
        .modelName(model)
        .temperature(0.0)
        .timeout(TIMEOUT)
        .build();
  }
}
