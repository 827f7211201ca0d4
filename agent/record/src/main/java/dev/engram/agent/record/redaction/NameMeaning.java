package dev.engram.agent.record.redaction;

/** What a name tells of the value that goes under it, or of one beside it. */
enum NameMeaning {
  /** Its value is secret. */
  SECRET,

  /** Its value names the one beside it. */
  NAME,

  /** Its value has its name beside it. */
  VALUE,

  NOTHING;

  /** Of one that is no secret name; a path before it does not matter. */
  static NameMeaning ofOther(String name) {
    PairLabel label = PairLabel.ofPath(name);
    return label == PairLabel.NAME ? NAME : label == PairLabel.VALUE ? VALUE : NOTHING;
  }
}
