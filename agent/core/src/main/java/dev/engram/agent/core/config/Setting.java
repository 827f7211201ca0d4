package dev.engram.agent.core.config;

import dev.engram.agent.record.control.Switches;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
 * @param live whether {@code control/switches.json} may change it while the service runs
 */
public record Setting(
    String key,
    Type type,
    String defaultText,
    List<String> choices,
    long min,
    long max,
    String doc,
    boolean live) {
  private static final String PREFIX = "engram.";
  private static final String INSTRUMENTATION = "engram.instrumentation.";
  private static final String ENABLED = ".enabled";

  /** What a value is parsed as. */
  public enum Type {
    BOOLEAN,
    INTEGER,
    /** Bytes, with an optional suffix KiB, MiB or GiB. */
    SIZE,
    /** With a suffix ms, s, m, h or d. */
    DURATION,
    TEXT,
    /** Comma-separated. */
    LIST,
    CHOICE
  }

  static Setting unbounded(String key, Type type, String defaultText, String doc) {
    return new Setting(
        key, type, defaultText, List.of(), Long.MIN_VALUE, Long.MAX_VALUE, doc, false);
  }

  /** Whether one instrumentation is put in place, and then whether it is on. */
  static Setting ofInstrumentation(String name) {
    String key = PREFIX + Switches.ofInstrumentation(name);
    return unbounded(key, Type.BOOLEAN, "true", "").switchable();
  }

  /** The name of the instrumentation that this switches; null for any other setting. */
  public @Nullable String instrumentation() {
    boolean ofOne = key.startsWith(INSTRUMENTATION) && key.endsWith(ENABLED);
    return ofOne ? key.substring(INSTRUMENTATION.length(), key.length() - ENABLED.length()) : null;
  }

  /** The same, but live. */
  Setting switchable() {
    return new Setting(key, type, defaultText, choices, min, max, doc, true);
  }

  /** The key without the prefix, as the agent's argument and files have it. */
  public String shortKey() {
    return key.substring(PREFIX.length());
  }

  /** The name of the environment variable. */
  public String environmentName() {
    return environmentName(key);
  }

  static String environmentName(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
