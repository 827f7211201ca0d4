package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An address where a model may be asked, told by its path alone: gateways and tests have hosts of
 * their own.
 *
 * @param host by which the provider is known, where many speak the same; empty when unknown
 * @param model that is in the path; null where it is in the body
 * @param streams whether the path asks for a stream
 */
public record Endpoint(Shape shape, String host, @Nullable String model, boolean streams) {
  private static final Map<String, String> PROVIDERS =
      Map.of(
          "openai.azure.com", "azure.ai.openai",
          "services.ai.azure.com", "azure.ai.inference",
          "api.groq.com", "groq",
          "api.deepseek.com", "deepseek",
          "api.mistral.ai", "mistral_ai",
          "api.x.ai", "x_ai",
          "api.perplexity.ai", "perplexity",
          "api.moonshot.ai", "moonshot_ai",
          "aiplatform.googleapis.com", "gcp.vertex_ai");

  private static final Map<String, Shape> SHAPES =
      Map.of(
          "/chat/completions", new ChatCompletions(),
          "/responses", new Responses(),
          "/embeddings", new EmbeddingTexts("openai"),
          "/messages", new AnthropicMessages("anthropic"),
          "/api/chat", new OllamaMessages("chat"),
          "/api/generate", new OllamaMessages("text_completion"),
          "/api/embed", new EmbeddingTexts("ollama"));

  /** What Bedrock is asked to do with the model in the path. */
  private static final Map<String, Shape> MODEL_ACTIONS =
      Map.of(
          "/converse", new Converse(),
          "/converse-stream", new Converse(),
          "/invoke", new AnthropicMessages("aws.bedrock"),
          "/invoke-with-response-stream", new AnthropicMessages("aws.bedrock"));

  private static final Map<String, Shape> ACTIONS =
      Map.of(
          "generateContent", new GenerateContent(),
          "streamGenerateContent", new GenerateContent(),
          "embedContent", new EmbeddingTexts("gcp.gemini"),
          "batchEmbedContents", new EmbeddingTexts("gcp.gemini"));

  private static final String MODEL = "/model/";

  /** Before Azure's name of a model. */
  private static final String DEPLOYMENTS = "/deployments/";

  private static final String EMBEDDINGS = "embeddings";

  /**
   * Null when no model is asked there. Called for every request of a client, so cheap for most.
   *
   * @param method as sent
   * @param host or null when unknown
   * @param path with or without a query; null for none
   */
  public static @Nullable Endpoint of(String method, @Nullable String host, @Nullable String path) {
    if (path == null || !method.equals("POST")) {
      return null;
    }
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    int slash = plain.lastIndexOf('/');
    int colon = plain.indexOf(':', slash + 1);
    String known = host == null ? "" : host;
    if (colon > 0) {
      Shape shape = ACTIONS.get(plain.substring(colon + 1));
      return shape == null
          ? null
          : new Endpoint(
              shape, known, plain.substring(slash + 1, colon), plain.contains(":stream"));
    }
    return ofPath(plain, slash, known);
  }

  /** Whether another model could be asked by another name in the body: vectors of two differ. */
  public boolean isOpenToModels() {
    return model == null && !shape.operation().equals(EMBEDDINGS);
  }

  /** Whether a body that was sent there is a question to a model. */
  boolean asks(Json request) {
    boolean isNamed = model != null && shape.operation().equals(EMBEDDINGS);
    return shape.asks(request) || (isNamed && request.has("input"));
  }

  /** As OpenTelemetry spells it. */
  String provider() {
    for (Map.Entry<String, String> provider : PROVIDERS.entrySet()) {
      if (host.endsWith(provider.getKey())) {
        return provider.getValue();
      }
    }
    return shape.provider();
  }

  private static @Nullable Endpoint ofPath(String path, int slash, String host) {
    String last = path.substring(Math.max(slash, 0));
    Shape ofModel = MODEL_ACTIONS.get(last);
    if (ofModel != null) {
      return ofModel(ofModel, path, slash, host);
    }
    int before = slash > 0 ? path.lastIndexOf('/', slash - 1) : -1;
    Shape shape = SHAPES.get(last);
    if (shape == null && before >= 0) {
      shape = SHAPES.get(path.substring(before));
    }
    return shape == null ? null : new Endpoint(shape, host, deployment(path), false);
  }

  private static @Nullable String deployment(String path) {
    int from = path.indexOf(DEPLOYMENTS) + DEPLOYMENTS.length();
    int to = from < DEPLOYMENTS.length() ? -1 : path.indexOf('/', from);
    return to < 0 ? null : path.substring(from, to);
  }

  private static @Nullable Endpoint ofModel(Shape shape, String path, int slash, String host) {
    int model = path.indexOf(MODEL) + MODEL.length();
    if (model < MODEL.length() || slash < model) {
      return null;
    }
    String name = path.substring(model, slash).replace("%3A", ":");
    return new Endpoint(shape, host, name, path.endsWith("-stream"));
  }
}
