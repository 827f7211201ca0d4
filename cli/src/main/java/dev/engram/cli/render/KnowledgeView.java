package dev.engram.cli.render;

import java.util.Map;

/** What was told of an error group or a solution. */
public final class KnowledgeView {
  private KnowledgeView() {}

  /** Such as {@code E-1f0c9a77b3d2 resolved 1.4.2}. */
  public static String line(String id, Map<String, String> properties) {
    StringBuilder line = new StringBuilder(id);
    properties.forEach(
        (property, value) -> {
          line.append(' ').append(property);
          if (!value.isEmpty()) {
            line.append(' ').append(value);
          }
        });
    return line.toString();
  }

  /**
   * The same.
   *
   * @param stored whether the store has it; otherwise it waits for the collector
   */
  public static String json(String id, Map<String, String> properties, boolean stored) {
    return JsonLines.line(
        json -> {
          json.writeStringField("id", id);
          JsonLines.map(json, "told", properties);
          json.writeBooleanField("stored", stored);
        });
  }
}
