package dev.engram.collector.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.analysis.solution.Symptom;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue of solutions in this jar, which says itself what its fields mean.
 *
 * @param about what the file is, for who opens it
 */
record SolutionCatalogue(
    @JsonProperty(value = "about", required = true) String about,
    @JsonProperty(value = "solutions", required = true) List<Entry> solutions) {
  private static final String NAME = "solutions.json";

  /** One solution, as it stands in the file. */
  record Entry(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty("types") @Nullable List<String> types,
      @JsonProperty("messages") @Nullable List<String> messages,
      @JsonProperty(value = "cause", required = true) String cause,
      @JsonProperty(value = "remedy", required = true) String remedy,
      @JsonProperty(value = "link", required = true) String link) {
    Solution solution() {
      return new Solution(
          "S-" + id,
          new Symptom(0, orNone(types), orNone(messages)),
          cause,
          remedy,
          link,
          null,
          0,
          new Proportion(0, 0),
          0,
          null);
    }

    private static List<String> orNone(@Nullable List<String> texts) {
      return texts == null ? List.of() : texts;
    }
  }

  static List<Solution> shipped() {
    try (InputStream in = SolutionCatalogue.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException(NAME + " is missing from the jar");
      }
      return new ObjectMapper()
          .readValue(in, SolutionCatalogue.class).solutions().stream()
              .map(Entry::solution)
              .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(NAME, unreadable);
    }
  }
}
