package dev.engram.agent.core.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The values in force: valid, defaults filled in. Immutable. */
public final class Configuration {
  private final Map<Setting, Object> values;

  Configuration(Map<Setting, Object> values) {
    this.values = Map.copyOf(values);
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
    throw new AssertionError("to be written");
  }

  private Object value(Setting setting) {
    return Objects.requireNonNull(values.get(setting), setting.key());
  }
}
