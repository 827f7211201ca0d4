package dev.engram.integration.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One request as it came and what became of it.
 *
 * @param path that it was sent to
 * @param headers of the request, names in lower case, the first value of each
 * @param status it was answered with
 * @param answered whether the last byte was handed to the connection
 * @param frames how many were sent; 0 for an answer in one piece
 */
public record Interaction(
    String path,
    Map<String, String> headers,
    Asked asked,
    Reply reply,
    int status,
    boolean answered,
    int frames) {
  JsonNode described() {
    return Json.node(
        Json.object(
            "path",
            path,
            "model",
            asked.model(),
            "streams",
            asked.streams(),
            "prompt",
            asked.prompt(),
            "request",
            asked.request(),
            "status",
            status,
            "answered",
            answered,
            "text",
            reply.text(),
            "usage",
            Json.object("input", reply.usage().input(), "output", reply.usage().output())));
  }
}
