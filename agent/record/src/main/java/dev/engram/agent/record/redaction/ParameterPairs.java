package dev.engram.agent.record.redaction;

import java.util.HashMap;
import java.util.Map;

/**
 * Parameters of one query that may name each other: those with the same path, in any order, as in
 * {@code filter[0].name=password&filter[0].value=...}. Confined to one thread.
 */
final class ParameterPairs {
  private final HiddenRanges hidden;
  private final Map<String, PairedRanges> others = new HashMap<>();

  /** Most parameters have the path of the one before, or none at all. */
  private String path = "";

  private PairedRanges members;

  /**
   * @param hidden takes what is hidden
   */
  ParameterPairs(HiddenRanges hidden) {
    this.hidden = hidden;
    members = new PairedRanges(hidden);
  }

  /** Those that a parameter of this name belongs to. */
  PairedRanges of(String name) {
    String asked = NamePath.path(name);
    if (!asked.equals(path)) {
      others.put(path, members);
      members = others.computeIfAbsent(asked, unknown -> new PairedRanges(hidden));
      path = asked;
    }
    return members;
  }
}
