package dev.engram.cli.agents;

import dev.engram.agent.record.redaction.Redaction;
import dev.engram.cli.CommandException;
import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import dev.engram.cli.render.Style;
import dev.engram.cli.render.Terminal;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What holds for this program, and what its surroundings say to agents, without its secrets. */
final class EnvironmentSettings {
  private static final String HOME = "ENGRAM_HOME";
  private static final String PREFIX = "ENGRAM_";
  private static final String FILE = "engram.properties";
  private static final String VARIABLE = "environment variable ";

  /** What is shown may end in the log of a build: passwords are hidden as they are in records. */
  private static final Redaction REDACTION = new Redaction(List.of());

  private EnvironmentSettings() {}

  /** Those of this program first, then what it says to agents: its environment, the home's file. */
  static List<Setting> of(HomeOption option, Invocation invocation) {
    Map<String, String> environment = invocation.environment();
    Path home = option.readable(environment).folder();
    List<Setting> settings = new ArrayList<>();
    settings.add(new Setting("engram.home", home.toString(), option.source(environment)));
    settings.add(colour(invocation.terminal(), environment));
    settings.add(width(invocation.terminal(), environment));
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX) && !name.equals(HOME)) {
                settings.add(said(name, value, VARIABLE + name));
              }
            });
    settings.addAll(ofFile(home.resolve(FILE)));
    return settings;
  }

  private static Setting said(String key, String value, String source) {
    return new Setting(key, REDACTION.text(key, value), source);
  }

  private static Setting colour(Terminal terminal, Map<String, String> environment) {
    String value = terminal.style() == Style.COLOUR ? "on" : "off";
    for (String name : List.of("NO_COLOR", "CLICOLOR_FORCE")) {
      if (!environment.getOrDefault(name, "").isEmpty()) {
        return new Setting("colour", value, VARIABLE + name);
      }
    }
    return new Setting("colour", value, Setting.DEFAULT);
  }

  private static Setting width(Terminal terminal, Map<String, String> environment) {
    boolean limited = terminal.width() != Integer.MAX_VALUE;
    boolean said = limited && environment.getOrDefault("COLUMNS", "").matches("[0-9]{1,5}");
    return new Setting(
        "width",
        limited ? Integer.toString(terminal.width()) : "unlimited",
        said ? VARIABLE + "COLUMNS" : Setting.DEFAULT);
  }

  private static List<Setting> ofFile(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new CommandException(
          "cannot read the settings in " + file + " (" + unreadable + "): mend it", unreadable);
    }
    return properties.stringPropertyNames().stream()
        .sorted()
        .map(key -> said(key, properties.getProperty(key, ""), file.toString()))
        .toList();
  }
}
