package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one of {@link JsonLines}'s objects, those of inner objects under both names with a
 * dot between them. Immutable.
 */
public final class FlatJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonNode> members = new LinkedHashMap<>();

  private FlatJson(JsonNode object) {
    add("", object);
  }

  /** The members of an object that this program wrote. */
  public static FlatJson of(String line) {
    return new FlatJson(tree(line));
  }

  /** An object that this program wrote, as it is. */
  static JsonNode tree(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** By one member, numbers before texts; those that lack it are the last either way. */
  public static Comparator<FlatJson> by(String name, boolean descending) {
    Comparator<JsonNode> values =
        Comparator.comparing(JsonNode::isNumber)
            .reversed()
            .thenComparingDouble(value -> value.isNumber() ? value.doubleValue() : 0)
            .thenComparing(value -> value.isNumber() ? "" : value.asText());
    return Comparator.comparing(
        (FlatJson object) -> object.value(name),
        Comparator.nullsLast(descending ? values.reversed() : values));
  }

  /** In their order. */
  public Set<String> names() {
    return members.keySet();
  }

  /** A text, number or list; null where it is missing or null. */
  @Nullable JsonNode value(String name) {
    JsonNode value = members.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private void add(String prefix, JsonNode object) {
    object
        .fields()
        .forEachRemaining(
            member -> {
              String name = prefix + member.getKey();
              if (member.getValue().isObject()) {
                add(name + ".", member.getValue());
              } else {
                members.put(name, member.getValue());
              }
            });
  }
}
