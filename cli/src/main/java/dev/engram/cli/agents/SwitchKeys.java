package dev.engram.cli.agents;

import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Instrumentations;
import dev.engram.agent.record.control.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What may be switched, and to what. Immutable. */
final class SwitchKeys {
  private static final List<String> FLAGS = List.of("true", "false");
  private static final Map<String, String> ON_OFF = Map.of("on", "true", "off", "false");

  /** What people call an instrumentation that has the name of its interface. */
  private static final Map<String, String> CALLED = Map.of("capture.sql", "jdbc");

  private final Set<String> instrumentations = new TreeSet<>(Instrumentations.NAMES);

  /**
   * Those of this version and of the services that run.
   *
   * @param agents may be of other versions, which have other instrumentations
   */
  SwitchKeys(List<RunningAgent> agents) {
    for (RunningAgent agent : agents) {
      agent
          .elements("instrumentations")
          .forEach(module -> instrumentations.add(module.path("name").asText()));
    }
  }

  /** All of them, without the prefix. */
  List<String> all() {
    List<String> keys =
        new ArrayList<>(
            List.of(
                Switches.CAPTURE, HealLevel.KEY, Switches.IGNORE_METHODS, Switches.IGNORE_URLS));
    instrumentations.forEach(name -> keys.add(Switches.ofInstrumentation(name)));
    return keys;
  }

  /** All of them, and the names of instrumentations: what may be typed. */
  List<String> typed() {
    List<String> typed = all();
    typed.addAll(instrumentations);
    return typed;
  }

  /** The key that is meant by what was typed without the prefix; the same when none is. */
  String full(String typed) {
    String name = CALLED.getOrDefault(typed, typed);
    return instrumentations.contains(name) ? Switches.ofInstrumentation(name) : typed;
  }

  /** The value that is meant: of what is true or false also {@code on} and {@code off}. */
  String value(String key, String typed) {
    return FLAGS.equals(choices(key)) ? ON_OFF.getOrDefault(typed, typed) : typed;
  }

  /** The words that a known key may have; null when it takes any text. */
  @Nullable List<String> choices(String key) {
    return switch (key) {
      case Switches.CAPTURE -> Switches.CAPTURE_LEVELS;
      case HealLevel.KEY -> HealLevel.LABELS;
      case Switches.IGNORE_METHODS, Switches.IGNORE_URLS -> null;
      default -> FLAGS;
    };
  }
}
