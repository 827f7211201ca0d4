package dev.engram.agent.instrumentation.langchain4j;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who stands behind a model, as OpenTelemetry spells it. */
final class Provider {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("OPEN_AI", "openai"),
          Map.entry("AMAZON_BEDROCK", "aws.bedrock"),
          Map.entry("AZURE_OPEN_AI", "azure.ai.openai"),
          Map.entry("MICROSOFT_FOUNDRY", "azure.ai.inference"),
          Map.entry("GOOGLE_AI_GEMINI", "gcp.gemini"),
          Map.entry("GOOGLE_GENAI", "gcp.gen_ai"),
          Map.entry("GOOGLE_VERTEX_AI_GEMINI", "gcp.vertex_ai"),
          Map.entry("GOOGLE_VERTEX_AI_ANTHROPIC", "gcp.vertex_ai"),
          Map.entry("WATSONX", "ibm.watsonx.ai"));

  private static final String UNKNOWN = "OTHER";
  private static final String OPEN_AI_PACKAGE = "dev.langchain4j.model.openai.";

  private Provider() {}

  /** Null where a model of the framework does not say, and for those of the application. */
  static @Nullable String of(Object model) {
    if (Later.get(model, "provider") instanceof Enum<?> provider) {
      String name = provider.name();
      return name.equals(UNKNOWN) ? null : NAMES.getOrDefault(name, name.toLowerCase(Locale.ROOT));
    }
    // Its embeddings say so since 1.19 alone.
    return model.getClass().getName().startsWith(OPEN_AI_PACKAGE) ? "openai" : null;
  }
}
