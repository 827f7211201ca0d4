package dev.engram.agent.instrumentation.springai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who stands behind a model, as OpenTelemetry spells it. */
final class Provider {
  private static final String FRAMEWORK = "org.springframework.ai.";

  /** By the package below the framework's. */
  private static final List<Map.Entry<String, String>> PACKAGES =
      List.of(
          Map.entry("openai", "openai"),
          Map.entry("azure.openai", "azure.ai.openai"),
          Map.entry("anthropic", "anthropic"),
          Map.entry("ollama", "ollama"),
          Map.entry("mistralai", "mistral_ai"),
          Map.entry("google.genai", "gcp.gemini"),
          Map.entry("vertexai", "gcp.vertex_ai"),
          Map.entry("bedrock", "aws.bedrock"),
          Map.entry("deepseek", "deepseek"),
          Map.entry("cohere", "cohere"));

  private Provider() {}

  /** Null where it is not known, and for models of the application. */
  static @Nullable String of(Object model) {
    String name = model.getClass().getName();
    for (Map.Entry<String, String> known : PACKAGES) {
      if (name.startsWith(FRAMEWORK) && name.startsWith(known.getKey(), FRAMEWORK.length())) {
        return known.getValue();
      }
    }
    return null;
  }
}
