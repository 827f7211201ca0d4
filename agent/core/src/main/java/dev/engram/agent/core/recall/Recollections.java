package dev.engram.agent.core.recall;

import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.program.AppPackages;
import dev.engram.agent.record.Fingerprint;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.agent.record.control.Recollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What this service recalls, to be asked on application threads: no question waits for a file, a
 * lock or another thread. Static because advice is. Thread-safe.
 */
public final class Recollections {
  private static volatile Map<Name, Cases> known = Map.of();
  private static volatile boolean asked;
  private static volatile String stateKey = "";
  private static volatile InAppFrames inApp = className -> false;

  private Recollections() {}

  /** What decisions, nodes and errors are told apart by. */
  private record Name(String kind, String workflow, String name) {}

  /** Before the first question. Nothing is known then, and nobody has asked. */
  public static void start(Configuration configuration) {
    stateKey = configuration.text(Settings.RECALL_STATE_KEY);
    inApp = InAppFrames.of(AppPackages.of(configuration));
    asked = false;
    known = Map.of();
  }

  /** Under which nodes find in their state what is recalled of them; empty for not at all. */
  public static String stateKey() {
    return stateKey;
  }

  /** 16 hex digits, as errors are remembered by; empty while nothing is remembered. */
  static String fingerprint(Throwable error) {
    ThrowableShape shape = Tracing.shapeOf(error);
    return shape == null ? "" : String.format(Locale.ROOT, "%016x", Fingerprint.of(shape, inApp));
  }

  /** Best answers first; empty where nothing is known. */
  public static List<Match> answer(Question question) {
    if (!asked) {
      asked = true;
    }
    Cases cases = known.get(new Name(question.kind(), question.workflow(), question.name()));
    return cases == null ? List.of() : cases.answers(question);
  }

  /** Whether anybody ever asked. */
  static boolean areAsked() {
    return asked;
  }

  /**
   * From now on this is what is recalled. Not for application threads.
   *
   * @param recollections latest first; what is known against an error best first
   */
  public static void learn(List<Recollection> recollections) {
    Map<Name, List<Recollection>> byName = new HashMap<>();
    for (Recollection it : recollections) {
      Name name = new Name(it.kind(), it.workflow(), it.name());
      byName.computeIfAbsent(name, absent -> new ArrayList<>()).add(it);
    }
    Map<Name, Cases> cases = new HashMap<>();
    byName.forEach((name, all) -> cases.put(name, new Cases(all)));
    known = Map.copyOf(cases);
  }
}
