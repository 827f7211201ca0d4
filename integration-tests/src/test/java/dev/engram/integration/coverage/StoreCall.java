package dev.engram.integration.coverage;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is remembered of one call of a store.
 *
 * @param name of its span
 * @param text without values
 * @param error the error's type; empty when it succeeded
 */
record StoreCall(String name, String text, String error) {
  static StoreCall of(JsonNode span) {
    JsonNode attributes = span.path("attributes");
    return new StoreCall(
        span.path("name").asText(),
        attributes.path("db.query.text").asText(),
        attributes.path("error.type").asText());
  }

  /** A command of Redis, which is its own text. */
  static StoreCall redis(String command) {
    return new StoreCall(command.split(" ")[0], command, "");
  }

  StoreCall failing(String errorType) {
    return new StoreCall(name, text, errorType);
  }
}
