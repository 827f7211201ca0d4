package dev.engram.agent.core.config;

import java.util.List;
import java.util.Locale;

/**
 * One setting. Its key {@code engram.x.y} is the system property; {@code ENGRAM_X_Y} the
 * environment variable; {@code x.y} the agent argument and the line in {@code engram.properties}.
 *
 * @param key with the prefix {@code engram.}
 * @param type what a value may be
 * @param defaultText the default as it would be written
 * @param choices the accepted words, for {@link Type#CHOICE}
 * @param min smallest accepted number, duration (ms) or size (bytes)
 * @param max largest
 * @param doc one paragraph for the configuration reference
 */
public record Setting(
    String key,
    Type type,
    String defaultText,
    List<String> choices,
    long min,
    long max,
    String doc) {
  /** What a value is parsed as. */
  public enum Type {
    BOOLEAN,
    INTEGER,
    /** Bytes, with an optional suffix KiB, MiB or GiB. */
    SIZE,
    /** With a suffix ms, s, m or h. */
    DURATION,
    TEXT,
    /** Comma-separated. */
    LIST,
    CHOICE
  }

  static Setting unbounded(String key, Type type, String defaultText, String doc) {
    return new Setting(key, type, defaultText, List.of(), Long.MIN_VALUE, Long.MAX_VALUE, doc);
  }

  /** The name of the environment variable. */
  public String environmentName() {
    return environmentName(key);
  }

  static String environmentName(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
