package dev.engram.collector.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that is or was remembered.
 *
 * @param endedEpochNanos 0 while it runs
 * @param attributes host, pid, JVM, versions; of one that is gone also {@link #END} and {@link
 *     #DAMAGE}
 */
public record Instance(
    InstanceId id,
    String service,
    String version,
    long startedEpochNanos,
    long endedEpochNanos,
    Map<String, Object> attributes) {
  /** How the process went: {@link #END_STOPPED} or {@link #END_KILLED}; missing while it runs. */
  public static final String END = "engram.end";

  /** What is wrong with the files that it left; missing when they could be read whole. */
  public static final String DAMAGE = "engram.damaged";

  /** The name of the run that it was part of; missing when nobody gave one. */
  public static final String LABEL = "engram.label";

  /** The packages of the application, with commas; missing when nothing told them. */
  public static final String APP_PACKAGES = "engram.app.packages";

  public static final String END_STOPPED = "stopped";
  public static final String END_KILLED = "killed";

  /** What its attributes and its end say. */
  public InstanceState state() {
    if (attributes.containsKey(DAMAGE)) {
      return InstanceState.DAMAGED;
    }
    if (END_KILLED.equals(attributes.get(END))) {
      return InstanceState.KILLED;
    }
    if (endedEpochNanos != 0) {
      return InstanceState.ENDED;
    }
    return attributes.containsKey(END) ? InstanceState.STOPPED : InstanceState.RUNNING;
  }

  /** The packages of the application; empty when nothing told them. */
  public List<String> appPackages() {
    return attributes.get(APP_PACKAGES) instanceof String packages
        ? List.of(packages.split(","))
        : List.of();
  }

  /** What is wrong with the files that it left, or null. */
  public @Nullable String damage() {
    Object damage = attributes.get(DAMAGE);
    return damage == null ? null : damage.toString();
  }

  /** The same instance with one more attribute, or as it is when the value is null. */
  public Instance with(String attribute, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    Map<String, Object> more = new TreeMap<>(attributes);
    more.put(attribute, value);
    return new Instance(id, service, version, startedEpochNanos, endedEpochNanos, more);
  }

  /** The same instance with this end. */
  public Instance endedAt(long endedEpochNanos) {
    return new Instance(id, service, version, startedEpochNanos, endedEpochNanos, attributes);
  }
}
