package dev.engram.agent.core.config;

/**
 * A setting with the value that holds, and where that was said. Immutable.
 *
 * @param text the value as it was written
 * @param value what {@code text} means
 * @param source {@code default}, or the place in words, such as {@code environment variable}
 */
public record SettingInForce(Setting setting, String text, Object value, String source) {
  static final String DEFAULT = "default";

  /**
   * The setting with this text.
   *
   * @throws IllegalArgumentException whose message says what is accepted
   */
  static SettingInForce of(Setting setting, String text, String source) {
    return new SettingInForce(setting, text, SettingValue.parse(setting, text), source);
  }

  static SettingInForce ofDefault(Setting setting) {
    return of(setting, setting.defaultText(), DEFAULT);
  }

  public boolean isDefault() {
    return source.equals(DEFAULT);
  }
}
