package dev.engram.agent.core.config;

/** Renders the reference of all settings. */
final class ConfigurationReference {
  private static final String INTRODUCTION =
      """
      # Configuration

      Each setting can come from four places. The first that has it wins:

      1. a system property, `-Dengram.service=checkout`
      2. the agent's argument, `-javaagent:engram-agent.jar=service=checkout,capture=errors` (a semicolon separates too)
      3. an environment variable, `ENGRAM_SERVICE=checkout`
      4. a line in `engram.properties` in the memory home, or in the file that `engram.config` names: `service=checkout`

      An unknown key or a bad value costs one line on stderr, which names the nearest valid spelling, and the default holds.

      | setting | environment variable | type | default | meaning |
      |---|---|---|---|---|
      """;

  private static final String SWITCHES =
      """
      | `engram.instrumentation.<name>.enabled` | `ENGRAM_INSTRUMENTATION_<NAME>_ENABLED` | true or false | `true` | Whether one instrumentation is put in place. |
      """;

  private ConfigurationReference() {}

  static String render() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (Setting setting : Settings.all()) {
      text.append(
          "| `%s` | `%s` | %s | %s | %s |\n"
              .formatted(
                  setting.key(),
                  setting.environmentName(),
                  type(setting),
                  setting.defaultText().isEmpty() ? "empty" : "`" + setting.defaultText() + "`",
                  setting.doc().replace("|", "\\|")));
    }
    return text.append(SWITCHES).toString();
  }

  private static String type(Setting setting) {
    return switch (setting.type()) {
      case BOOLEAN -> "true or false";
      case INTEGER -> "number, " + SettingText.bounds(setting);
      case SIZE -> "size, " + SettingText.bounds(setting);
      case DURATION -> "duration, " + SettingText.bounds(setting);
      case TEXT -> "text";
      case LIST -> "list, separated by commas";
      case CHOICE -> String.join(", ", setting.choices());
    };
  }
}
