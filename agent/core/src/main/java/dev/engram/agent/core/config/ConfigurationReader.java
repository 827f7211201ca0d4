package dev.engram.agent.core.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
  private static final String FILE = "engram.properties";

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Map<String, String> switches = new LinkedHashMap<>();
  private final Consumer<String> problems;
  private final Map<String, String> raw = new TreeMap<>();

  ConfigurationReader(Set<String> instrumentations, Consumer<String> problems) {
    Settings.all().forEach(setting -> settings.put(setting.key(), setting));
    for (String name : instrumentations) {
      switches.put("engram.instrumentation." + name + ".enabled", name);
    }
    this.problems = problems;
  }

  Configuration read(
      @Nullable String arguments, Properties properties, Map<String, String> environment) {
    addProperties(properties);
    addAll(AgentArguments.parse(arguments == null ? "" : arguments, problems));
    addEnvironment(environment);
    addFile(properties.getProperty("user.home", ""));
    Map<Setting, Object> values = new HashMap<>();
    for (Setting setting : settings.values()) {
      values.put(setting, value(setting));
    }
    return new Configuration(values, disabled());
  }

  private void addProperties(Properties properties) {
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        add(key, properties.getProperty(key));
      }
    }
  }

  private void addAll(Map<String, String> pairs) {
    pairs.forEach((key, value) -> add(key.startsWith(PREFIX) ? key : PREFIX + key, value));
  }

  /** Others may own variables with our prefix: only what is nearly ours is called unknown. */
  private void addEnvironment(Map<String, String> environment) {
    Map<String, String> keys = new HashMap<>();
    for (String key : known()) {
      keys.put(Setting.environmentName(key), key);
    }
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith(ENVIRONMENT_PREFIX)) {
        continue;
      }
      String key = keys.get(name);
      if (key != null) {
        raw.putIfAbsent(key, variable.getValue());
        continue;
      }
      String nearest = Spelling.nearest(name, keys.keySet());
      if (nearest != null && Spelling.edits(name, nearest) <= 2) {
        problems.accept(unknown(name, nearest));
      }
    }
  }

  private void addFile(String userHome) {
    String named = raw.getOrDefault(Settings.CONFIG.key(), "");
    String home = raw.getOrDefault(Settings.HOME.key(), Settings.HOME.defaultText());
    Path file =
        named.isEmpty()
            ? HomePath.resolve(home, userHome).resolve(FILE)
            : HomePath.resolve(named, userHome);
    if (named.isEmpty() && !Files.isReadable(file)) {
      return;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      problems.accept("cannot read the settings in " + file + ": " + e);
      return;
    }
    Map<String, String> pairs = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> pairs.put(k, properties.getProperty(k)));
    addAll(pairs);
  }

  private void add(String key, String value) {
    if (settings.containsKey(key) || switches.containsKey(key)) {
      raw.putIfAbsent(key, value);
    } else {
      problems.accept(unknown(key, Spelling.nearest(key, known())));
    }
  }

  private List<String> known() {
    List<String> keys = new ArrayList<>(settings.keySet());
    keys.addAll(switches.keySet());
    return keys;
  }

  private static String unknown(String key, @Nullable String nearest) {
    return "unknown setting "
        + key
        + (nearest == null ? ", see docs/configuration.md" : ", did you mean " + nearest + "?");
  }

  private Object value(Setting setting) {
    String text = raw.get(setting.key());
    if (text != null) {
      try {
        return SettingValue.parse(setting, text);
      } catch (IllegalArgumentException e) {
        reject(setting.key(), text, e, setting.defaultText());
      }
    }
    return SettingValue.parse(setting, setting.defaultText());
  }

  private Set<String> disabled() {
    Set<String> disabled = new HashSet<>();
    switches.forEach(
        (key, name) -> {
          if (isOff(key)) {
            disabled.add(name);
          }
        });
    return disabled;
  }

  private boolean isOff(String key) {
    String text = raw.getOrDefault(key, "true");
    try {
      Setting setting = Setting.unbounded(key, Setting.Type.BOOLEAN, "true", "");
      return SettingValue.parse(setting, text).equals(false);
    } catch (IllegalArgumentException e) {
      reject(key, text, e, "true");
      return false;
    }
  }

  private void reject(String key, String text, IllegalArgumentException why, String byDefault) {
    problems.accept(key + "=" + text + " is ignored: " + why.getMessage() + "; using " + byDefault);
  }
}
