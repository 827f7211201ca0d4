package dev.engram.agent.core.instrument;

import java.util.List;

/**
 * What became of one instrumentation so far. Immutable.
 *
 * @param state {@code on}, or why it is not
 * @param classes how many were instrumented
 * @param names of some of them
 * @param callSites calls of advice that were linked: those that ran at least once
 * @param notes what its advice did not find, for example in another version of the library
 * @param problems what failed
 */
public record ModuleReport(
    String name,
    String state,
    int classes,
    List<String> names,
    long callSites,
    List<String> notes,
    List<String> problems) {
  static final String ON = "on";
  static final String OFF_BY_SETTING = "off by setting";
  static final String SWITCHED_OFF = "switched off";
  static final String BROKEN = "broken";

  /** It is configured to look for nothing, or what it needs is not in this JVM. */
  static final String NOTHING_TO_DO = "nothing to do";
}
