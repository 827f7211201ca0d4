package dev.engram.collector.server.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object that was posted. Null stands for an absent one. Immutable. */
public final class Members {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode object;

  private Members(JsonNode object) {
    this.object = object;
  }

  static Members of(byte[] json) throws RefusedException {
    JsonNode node = parsed(json);
    if (!node.isObject()) {
      throw RefusedException.malformed("the body is no JSON object");
    }
    return new Members(node);
  }

  private static JsonNode parsed(byte[] json) throws RefusedException {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException malformed) {
      JsonLocation at = malformed.getLocation();
      throw RefusedException.malformed(
          "the body is no JSON"
              + (at == null
                  ? ""
                  : ": see line " + at.getLineNr() + ", column " + at.getColumnNr()));
    } catch (IOException noText) {
      throw RefusedException.malformed("the body is no JSON: it is no text");
    }
  }

  /**
   * Makes sure that nothing is said that nobody hears.
   *
   * @throws RefusedException when there is a member of another name
   */
  public Members only(Set<String> names) throws RefusedException {
    for (String name : (Iterable<String>) object::fieldNames) {
      if (!names.contains(name)) {
        throw RefusedException.malformed(
            "unknown member; these are known: "
                + String.join(", ", names.stream().sorted().toList()));
      }
    }
    return this;
  }

  /**
   * A text; null when there is none.
   *
   * @param longest most characters
   */
  public @Nullable String text(String name, int longest) throws RefusedException {
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    String text = node.textValue();
    if (text == null || text.isEmpty() || text.length() > longest) {
      throw RefusedException.malformed(name + " must be a text of 1 to " + longest + " characters");
    }
    return text;
  }

  /** The same, which must be there. */
  public String requiredText(String name, int longest) throws RefusedException {
    String text = text(name, longest);
    if (text == null) {
      throw RefusedException.malformed(name + " is missing");
    }
    return text;
  }

  /** NaN when there is none. */
  public double number(String name) throws RefusedException {
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Double.NaN;
    }
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw RefusedException.malformed(name + " must be a number");
    }
    return node.doubleValue();
  }
}
