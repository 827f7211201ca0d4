package dev.engram.agent.core.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The values in force: valid, defaults filled in. Immutable. */
public final class Configuration {
  private final Map<Setting, Object> values;
  private final Set<String> disabledInstrumentations;

  Configuration(Map<Setting, Object> values, Set<String> disabledInstrumentations) {
    this.values = Map.copyOf(values);
    this.disabledInstrumentations = Set.copyOf(disabledInstrumentations);
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
    return !disabledInstrumentations.contains(name);
  }

  private Object value(Setting setting) {
    return Objects.requireNonNull(values.get(setting), setting.key());
  }
}
