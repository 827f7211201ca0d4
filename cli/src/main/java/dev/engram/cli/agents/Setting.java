package dev.engram.cli.agents;

import java.util.List;

/**
 * A setting in force.
 *
 * @param source where it was said; {@code default} where nowhere
 */
record Setting(String key, String value, String source) {
  static final String DEFAULT = "default";

  /** Those that a running agent reports; none where it reports nothing. */
  static List<Setting> of(RunningAgent agent) {
    return agent.elements("settings").stream()
        .map(
            it ->
                new Setting(
                    it.path("key").asText(), it.path("value").asText(), it.path("source").asText()))
        .toList();
  }

  boolean isDefault() {
    return source.equals(DEFAULT);
  }
}
