package dev.engram.agent.core.remedy;

import dev.engram.agent.record.pattern.StarPattern;
import java.util.List;

/** Which nodes of engines a setting declares repeatable. Set at start, asked by any thread. */
public final class RepeatableNodes {
  private static volatile List<StarPattern> declared = List.of();

  private RepeatableNodes() {}

  /**
   * From now on these, and no others.
   *
   * @param names such as {@code triage/classify}; a star stands for any part
   */
  public static void declare(List<String> names) {
    declared = names.stream().map(name -> new StarPattern(name.strip())).toList();
  }

  /**
   * Whether it is one.
   *
   * @param node such as {@code triage/classify}
   */
  public static boolean has(String node) {
    return declared.stream().anyMatch(each -> each.fits(node));
  }
}
