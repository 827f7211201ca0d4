package dev.engram.agent.core.config;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gathers, names and parses what the four sources say. Used once, by one thread. */
final class ConfigurationReader {
  private static final String PREFIX = "engram.";
  private static final String ENVIRONMENT_PREFIX = "ENGRAM_";

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Consumer<String> problems;
  private final Map<String, Said> said = new TreeMap<>();

  ConfigurationReader(Set<String> instrumentations, Consumer<String> problems) {
    Settings.all().forEach(setting -> settings.put(setting.key(), setting));
    for (String name : instrumentations) {
      Setting setting = Setting.ofInstrumentation(name);
      settings.put(setting.key(), setting);
    }
    this.problems = problems;
  }

  private record Said(String text, String source) {}

  Configuration read(
      @Nullable String arguments, Properties properties, Map<String, String> environment) {
    addProperties(properties);
    addAll(AgentArguments.parse(arguments == null ? "" : arguments, problems), "agent argument");
    addEnvironment(environment);
    addFile(properties.getProperty("user.home", ""));
    Map<String, SettingInForce> inForce = new LinkedHashMap<>();
    settings.forEach((key, setting) -> inForce.put(key, inForce(setting)));
    return new Configuration(inForce);
  }

  private void addProperties(Properties properties) {
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        add(key, properties.getProperty(key), "system property");
      }
    }
  }

  private void addAll(Map<String, String> pairs, String source) {
    pairs.forEach((key, value) -> add(key.startsWith(PREFIX) ? key : PREFIX + key, value, source));
  }

  /** Others may own variables with our prefix: only what is nearly ours is called unknown. */
  private void addEnvironment(Map<String, String> environment) {
    Map<String, String> keys = new HashMap<>();
    for (String key : settings.keySet()) {
      keys.put(Setting.environmentName(key), key);
    }
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith(ENVIRONMENT_PREFIX)) {
        continue;
      }
      String key = keys.get(name);
      if (key != null) {
        said.putIfAbsent(key, new Said(variable.getValue(), "environment variable " + name));
        continue;
      }
      String nearest = Spelling.nearest(name, keys.keySet());
      if (nearest != null && Spelling.edits(name, nearest) <= 2) {
        problems.accept(unknown(name, nearest));
      }
    }
  }

  private void addFile(String userHome) {
    String named = said(Settings.CONFIG);
    String home = said(Settings.HOME);
    Path file =
        named.isEmpty()
            ? HomePath.resolve(home, userHome).resolve(HomeLayout.SETTINGS)
            : HomePath.resolve(named, userHome);
    if (named.isEmpty() && !Files.isReadable(file)) {
      return;
    }
    try {
      if (named.isEmpty()) {
        TrustedPaths.requireOwnOrRoots(file);
      }
      addAll(pairsIn(file), file.toString());
    } catch (IOException | IllegalArgumentException e) {
      problems.accept("cannot read the settings in " + file + ": " + e);
    }
  }

  private static Map<String, String> pairsIn(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    Map<String, String> pairs = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> pairs.put(k, properties.getProperty(k)));
    return pairs;
  }

  private String said(Setting setting) {
    Said value = said.get(setting.key());
    return value == null ? setting.defaultText() : value.text();
  }

  private void add(String key, String value, String source) {
    if (settings.containsKey(key)) {
      said.putIfAbsent(key, new Said(value, source));
    } else {
      problems.accept(unknown(key, Spelling.nearest(key, settings.keySet())));
    }
  }

  private static String unknown(String key, @Nullable String nearest) {
    return "unknown setting "
        + key
        + (nearest == null ? ", see docs/configuration.md" : ", did you mean " + nearest + "?");
  }

  private SettingInForce inForce(Setting setting) {
    Said value = said.get(setting.key());
    if (value != null) {
      try {
        return SettingInForce.of(setting, value.text(), value.source());
      } catch (IllegalArgumentException bad) {
        problems.accept(
            setting.key()
                + "="
                + value.text()
                + " is ignored: "
                + bad.getMessage()
                + "; using "
                + setting.defaultText());
      }
    }
    return SettingInForce.ofDefault(setting);
  }
}
