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

      What is live may also be switched while services run, see below.

      | setting | environment variable | type | default | meaning |
      |---|---|---|---|---|
      """;

  private static final String INSTRUMENTATIONS =
      """
      | `engram.instrumentation.<name>.enabled` | `ENGRAM_INSTRUMENTATION_<NAME>_ENABLED` | true or false | `true` | Whether one instrumentation is put in place. Live, but for one that was not put in place: it needs a restart. |
      """;

  private static final String SWITCHES =
      """

      ## Switching while services run

      `engram switch capture=errors` writes `control/switches.json` in the memory home. Every service that remembers into this home
      takes it within two seconds, with one line on its stderr; a request that has begun goes on as it began. `engram switch` shows what is switched,
      `engram switch unset capture` gives a setting back to the four places above, `--for 2h` lets all of it expire.

      ```json
      {
        "serial": 4,
        "expires": "2026-01-31T12:00:00Z",
        "switches": {
          "capture": "errors",
          "ignore.urls": "/ping,*.css",
          "instrumentation.jdbc.enabled": "false"
        }
      }
      ```

      | member | is |
      |---|---|
      | `serial` | 1 or more; rises with each writing. A lower one than a service has is ignored, unless the file was removed in between |
      | `expires` | when the settings of the start hold again; may be absent |
      | `switches` | live settings without the prefix `engram.`, as text; true, false and lists of texts will do as well |

      The file is written whole and renamed into place; it belongs to the owner of the home, who alone may write to it and to its folder, and neither is a link. A file that is malformed, has an
      unknown key or a bad value, or others may write to, costs one line on each service's stderr, and what held before holds on until it expires; `engram doctor` shows why. An
      instrumentation that a service's agent does not know is passed over: another version may know it. Without the file the settings of the start hold.

      `engram.enabled=false` is no switch: the agent then does nothing at all. With `engram.capture=off` it is in place, makes no folder, says nothing, and waits to be
      switched on.

      ## What is remembered at `errors`, and of ignored requests

      | | request that succeeds | request in which something fails |
      |---|---|---|
      | `capture=all` | whole | whole |
      | `capture=errors` | nothing | whole; what is more than 64 KiB, or beyond 256 requests at once, is counted as shed (`failed`) |
      | ignored by `engram.ignore.urls` or `.methods` | nothing | its own span and exceptions, if the request itself fails, as with a 5xx; nothing below it |

      Something fails when a span ends with an error or a 5xx, or an exception is seen, be it handled. In neither case is a request remembered in which the process died.
      [Why](decisions/what-is-remembered-of-requests-that-succeed.md).
      """;

  private ConfigurationReference() {}

  static String render() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (Setting setting : Settings.all()) {
      text.append(
          "| `%s` | `%s` | %s | %s | %s%s |\n"
              .formatted(
                  setting.key(),
                  setting.environmentName(),
                  type(setting),
                  setting.defaultText().isEmpty() ? "empty" : "`" + setting.defaultText() + "`",
                  setting.doc().replace("|", "\\|"),
                  setting.live() ? " Live." : ""));
    }
    return text.append(INSTRUMENTATIONS).append(SWITCHES).toString();
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
