package dev.engram.integration.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One of the HTTP interfaces. Stateless. */
interface Dialect {
  /** All of them. */
  List<Dialect> ALL =
      List.of(
          new OpenAiChat(),
          new OpenAiResponses(),
          new Embeddings(),
          new AnthropicMessages(),
          new GeminiContent(),
          new OllamaChat(),
          new BedrockConverse());

  /** Whether a path is one of its own. */
  boolean speaks(String path);

  Asked read(String path, JsonNode request);

  /** The answer in one piece. */
  Object whole(Asked asked, Reply reply);

  /** The answer as it is sent in pieces, each a frame with its line ends. */
  List<String> frames(Asked asked, Reply reply);

  /** The type of what is streamed. */
  default String streamType() {
    return "text/event-stream";
  }

  default Object error(int status, String message) {
    return Json.object(
        "error",
        Json.object("message", message, "type", "stub_error", "code", String.valueOf(status)));
  }

  /** A frame of server-sent events. */
  static String data(Object value) {
    return "data: " + Json.text(value) + "\n\n";
  }
}
