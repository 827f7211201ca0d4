package dev.engram.cli.render;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.solution.Solutions;
import dev.engram.collector.analysis.triage.Triages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What was told of an error group or a solution. */
public final class KnowledgeView {
  /** Properties whose value is the fingerprint of an error group. */
  private static final Set<String> GROUPS =
      Set.of(Triages.MERGED, Solutions.ERROR, Solutions.WORKED, Solutions.FAILED);

  private KnowledgeView() {}

  /** Such as {@code E-1f0c9a77b3d2 resolved 1.4.2}. */
  public static String line(String id, Map<String, String> properties) {
    StringBuilder line = new StringBuilder(id);
    properties.forEach(
        (property, value) -> {
          line.append(' ').append(property);
          if (!value.isEmpty()) {
            line.append(' ').append(shown(property, value));
          }
        });
    return line.toString();
  }

  /** Fingerprints as people know them. */
  private static String shown(String property, String value) {
    return GROUPS.contains(property) ? ErrorLabel.of(Long.parseUnsignedLong(value, 16)) : value;
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
          Map<String, String> told = new LinkedHashMap<>(properties);
          told.replaceAll(KnowledgeView::shown);
          JsonLines.map(json, "told", told);
          json.writeBooleanField("stored", stored);
        });
  }
}
