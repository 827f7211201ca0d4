package dev.engram.agent.core.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The values in force: valid, defaults filled in. Immutable. */
public final class Configuration {
  private static final String PREFIX = "engram.";
  private static final String INSTRUMENTATIONS = "engram.instrumentation.";

  /** By key, in the order of the reference. */
  private final Map<String, SettingInForce> inForce;

  Configuration(Map<String, SettingInForce> inForce) {
    this.inForce = Collections.unmodifiableMap(new LinkedHashMap<>(inForce));
  }

  /**
   * Reads the four sources. A system property wins over the agent's argument, that over an
   * environment variable, and that over the file.
   *
   * @param arguments the agent's argument: {@code key=value} pairs, separated by commas or
   *     semicolons; null for none
   * @param instrumentations the names that {@code engram.instrumentation.<name>.enabled} may use
   * @param problems takes one line for each key or value that is not understood
   */
  public static Configuration load(
      @Nullable String arguments,
      Properties properties,
      Map<String, String> environment,
      Set<String> instrumentations,
      Consumer<String> problems) {
    return new ConfigurationReader(instrumentations, problems)
        .read(arguments, properties, environment);
  }

  /**
   * The values of an agent argument over the defaults, for programs that embed the agent's parts.
   */
  public static Configuration of(String arguments) {
    return load(
        arguments,
        new Properties(),
        Map.of(),
        Set.of(),
        problem -> {
          throw new IllegalArgumentException(problem);
        });
  }

  public boolean flag(Setting setting) {
    return (Boolean) value(setting);
  }

  /** An integer, or a size in bytes. */
  public long number(Setting setting) {
    return (Long) value(setting);
  }

  public Duration duration(Setting setting) {
    return (Duration) value(setting);
  }

  public String text(Setting setting) {
    return (String) value(setting);
  }

  @SuppressWarnings("unchecked")
  public List<String> list(Setting setting) {
    return (List<String>) value(setting);
  }

  /** Whether {@code engram.instrumentation.<name>.enabled} allows this instrumentation. */
  public boolean instrumentationEnabled(String name) {
    SettingInForce known = inForce.get(Setting.ofInstrumentation(name).key());
    return known == null || (Boolean) known.value();
  }

  /** All settings with their sources, in the order of the reference. */
  public Collection<SettingInForce> inForce() {
    return inForce.values();
  }

  /**
   * The same with other values for settings that are live. What switches an instrumentation that is
   * unknown here is passed over: another version of the agent may have it.
   *
   * @param switches by key without prefix
   * @param source where they were said
   * @throws IllegalArgumentException whose message names what cannot be switched, or not so
   */
  public Configuration with(Map<String, String> switches, String source) {
    Map<String, SettingInForce> switched = new LinkedHashMap<>(inForce);
    for (Map.Entry<String, String> entry : switches.entrySet()) {
      String key = PREFIX + entry.getKey();
      SettingInForce before = inForce.get(key);
      if (before != null || !key.startsWith(INSTRUMENTATIONS)) {
        switched.put(key, switched(key, before, entry.getValue(), source));
      }
    }
    return new Configuration(switched);
  }

  private SettingInForce switched(
      String key, @Nullable SettingInForce before, String text, String source) {
    if (before == null) {
      String nearest = Spelling.nearest(key, liveKeys());
      throw new IllegalArgumentException(
          key + " is unknown" + (nearest == null ? "" : ", did you mean " + nearest + "?"));
    }
    if (!before.setting().live()) {
      throw new IllegalArgumentException(key + " cannot be switched while the service runs");
    }
    try {
      return SettingInForce.of(before.setting(), text, source);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(key + "=" + text + ": " + bad.getMessage(), bad);
    }
  }

  private List<String> liveKeys() {
    return inForce.values().stream()
        .map(SettingInForce::setting)
        .filter(Setting::live)
        .map(Setting::key)
        .toList();
  }

  private Object value(Setting setting) {
    return Objects.requireNonNull(inForce.get(setting.key()), setting.key()).value();
  }
}
