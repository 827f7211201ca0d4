package dev.engram.integration.healing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a home has its services do. */
final class InForce {
  private static final ObjectMapper JSON = new ObjectMapper();

  private InForce() {}

  /** How far the remedy has come that services apply, by the end of its action; empty for none. */
  static String of(Path home, String action) {
    try {
      JsonNode file = JSON.readTree(Files.readString(home.resolve("control/remedies.json")));
      for (JsonNode remedy : file.path("remedies")) {
        if (remedy.path("action").asText().endsWith(action)) {
          return remedy.path("state").asText();
        }
      }
      return "";
    } catch (NoSuchFileException nothingToDo) {
      return "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
