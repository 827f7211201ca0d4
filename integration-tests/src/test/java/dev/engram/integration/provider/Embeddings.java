package dev.engram.integration.provider;

import static dev.engram.integration.provider.Json.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Embeddings of OpenAI, Gemini and Ollama: vectors of the same few numbers. */
final class Embeddings implements Dialect {
  private static final List<Double> VECTOR = List.of(0.25, -0.5, 0.125);

  @Override
  public boolean speaks(String path) {
    return path.endsWith("/embeddings")
        || path.endsWith("/embed")
        || path.endsWith("mbedContent")
        || path.endsWith(":batchEmbedContents");
  }

  @Override
  public Asked read(String path, JsonNode request) {
    String model =
        path.contains("/models/") ? GeminiContent.model(path) : request.path("model").asText();
    return new Asked(
        model,
        false,
        String.join("\n", inputs(request)),
        List.of(),
        List.of(),
        MissingNode.getInstance(),
        request);
  }

  @Override
  public Object whole(Asked asked, Reply reply) {
    JsonNode request = asked.request();
    List<String> inputs = inputs(request);
    if (request.has("requests")) {
      return object("embeddings", inputs.stream().map(it -> object("values", VECTOR)).toList());
    }
    if (request.has("content")) {
      return object("embedding", object("values", VECTOR));
    }
    if (request.has("prompt")) {
      return object("embedding", VECTOR);
    }
    return both(asked, reply, inputs);
  }

  @Override
  public List<String> frames(Asked asked, Reply reply) {
    return List.of();
  }

  /** OpenAI and Ollama ask alike, and each overlooks what is meant for the other. */
  private static Object both(Asked asked, Reply reply, List<String> inputs) {
    boolean base64 = asked.request().path("encoding_format").asText().equals("base64");
    List<Object> data = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      data.add(object("object", "embedding", "index", i, "embedding", base64 ? base64() : VECTOR));
    }
    int tokens = reply.usage().input();
    return object(
        "object",
        "list",
        "model",
        asked.model(),
        "data",
        data,
        "embeddings",
        inputs.stream().map(it -> VECTOR).toList(),
        "prompt_eval_count",
        tokens,
        "usage",
        object("prompt_tokens", tokens, "total_tokens", tokens));
  }

  private static String base64() {
    ByteBuffer floats =
        ByteBuffer.allocate(VECTOR.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    VECTOR.forEach(value -> floats.putFloat(value.floatValue()));
    return Base64.getEncoder().encodeToString(floats.array());
  }

  private static List<String> inputs(JsonNode request) {
    if (request.has("requests")) {
      List<String> inputs = new ArrayList<>();
      request
          .path("requests")
          .forEach(it -> inputs.add(Texts.of(it.path("content").path("parts"))));
      return inputs;
    }
    if (request.has("content")) {
      return List.of(Texts.of(request.path("content").path("parts")));
    }
    JsonNode input = request.has("prompt") ? request.path("prompt") : request.path("input");
    if (!input.isArray()) {
      return List.of(input.asText());
    }
    List<String> inputs = new ArrayList<>();
    input.forEach(it -> inputs.add(it.asText()));
    return inputs;
  }
}
