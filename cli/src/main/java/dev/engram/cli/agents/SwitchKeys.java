package dev.engram.cli.agents;

import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Instrumentations;
import dev.engram.agent.record.control.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What may be switched, and to what. Immutable. */
final class SwitchKeys {
  private static final List<String> FLAGS = List.of("true", "false");

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
