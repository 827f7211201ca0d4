package dev.engram.integration.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Notes what ran, one line a run, for {@code docs/coverage.md}. */
final class Coverage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Coverage() {}

  /**
   * A fixture whose assertions all held.
   *
   * @param kind the heading it belongs under
   * @param expected how many spans its traffic had to leave
   * @param stored how many it left
   */
  static void ran(String kind, Fixture fixture, Jdk jdk, int expected, int stored) {
    note(line(kind, fixture, jdk, expected, stored));
  }

  /** The same, with the names of all that these spans, which were stored, are remembered with. */
  static void ran(String kind, Fixture fixture, Jdk jdk, int expected, List<JsonNode> stored) {
    ran(kind, fixture, jdk, expected, stored.size(), stored);
  }

  /**
   * The same.
   *
   * @param shown some of the spans that were stored
   */
  static void ran(
      String kind, Fixture fixture, Jdk jdk, int expected, int stored, Collection<JsonNode> shown) {
    Set<String> names = new TreeSet<>();
    for (JsonNode span : shown) {
      span.path("attributes").fieldNames().forEachRemaining(names::add);
      span.path("payloads").forEach(payload -> names.add(payload.path("name").asText()));
    }
    note(line(kind, fixture, jdk, expected, stored).put("names", String.join(" ", names)));
  }

  private static ObjectNode line(String kind, Fixture fixture, Jdk jdk, int expected, int stored) {
    return JSON.createObjectNode()
        .put("kind", kind)
        .put("framework", fixture.framework())
        .put("version", fixture.version())
        .put("jdk", jdk.feature())
        .put("expected", expected)
        .put("stored", stored);
  }

  private static void note(ObjectNode line) {
    Path file = Artifacts.root().resolve("integration-tests/target/coverage.jsonl");
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
