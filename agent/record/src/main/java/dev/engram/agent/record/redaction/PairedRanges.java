package dev.engram.agent.record.redaction;

/**
 * Which values of one list of members are hidden for a name that is said beside them: by the names
 * before a value, or by those behind it. Is told of the members in order. Confined to one thread.
 */
final class PairedRanges {
  private final HiddenRanges hidden;

  /** Values that a name behind them may still hide. */
  private final HiddenRanges waiting = new HiddenRanges();

  private boolean behindName;
  private boolean secret;

  /**
   * @param hidden takes what is hidden
   */
  PairedRanges(HiddenRanges hidden) {
    this.hidden = hidden;
  }

  /** A member says a name; of several in a row each counts. */
  void name(boolean isSecret) {
    secret = isSecret || behindName && secret;
    behindName = true;
    if (isSecret) {
      hidden.take(waiting);
    }
  }

  /** A member holds the value of what another one names. */
  void value(int from, int end) {
    if (behindName) {
      waiting.clear();
    }
    behindName = false;
    HiddenRanges ranges = secret ? hidden : waiting;
    ranges.add(from, end);
  }

  /** Whether a value that comes now is hidden. */
  boolean hidesNext() {
    return secret;
  }
}
