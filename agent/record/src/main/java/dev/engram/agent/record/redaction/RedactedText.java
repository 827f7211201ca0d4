package dev.engram.agent.record.redaction;

import org.jspecify.annotations.Nullable;

/** A text with what was hidden of it so far. Confined to one thread. */
final class RedactedText {
  private final String text;
  private @Nullable StringBuilder kept;
  private int copied;
  private int endOfRun;
  private int endOfUrl;
  private int brackets;

  RedactedText(String text) {
    this.text = text;
  }

  /** Calls come in order and do not overlap. */
  void hide(int from, int end) {
    hide(from, end, Redaction.REDACTED);
  }

  /** The same, with something else in its place. */
  void hide(int from, int end, String shown) {
    StringBuilder output = kept == null ? new StringBuilder(text.length()) : kept;
    kept = output.append(text, copied, from).append(shown);
    copied = end;
  }

  /** Where the text goes on that may still be looked at. */
  int shown() {
    return copied;
  }

  /** Where a run of characters ends that was looked through, so that nobody does so again. */
  int endOfRun() {
    return endOfRun;
  }

  /** That of the latest one. */
  void endOfRun(int end) {
    endOfRun = end;
  }

  /** Before it no user of a URL is to be found that none has found yet. */
  int endOfUrl() {
    return endOfUrl;
  }

  /** That of the latest one. */
  void endOfUrl(int end) {
    endOfUrl = end;
  }

  /** A bracket opens. */
  void opened() {
    brackets++;
  }

  /** A bracket closes, whether one is open or not. */
  void closed() {
    brackets = Math.max(0, brackets - 1);
  }

  /** Whether what is looked at stands in brackets. */
  boolean isInBrackets() {
    return brackets > 0;
  }

  /** The same object when nothing was hidden. */
  @Override
  public String toString() {
    return kept == null
        ? text
        : new StringBuilder(kept).append(text, copied, text.length()).toString();
  }
}
