package dev.engram.collector.analysis;

/** Something that is worth a look: what costs time now, or what will fail. */
public sealed interface Insight permits Finding, Risk {
  Severity severity();

  String service();
}
