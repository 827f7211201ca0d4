package dev.engram.collector.analysis.decision;

import dev.engram.collector.analysis.Ancestors;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import java.util.List;
import java.util.Set;

/**
 * What people say of calls of models: of a call's span, its trace, its conversation, or of a key
 * that the call or a span above it was made with. Safe from any thread.
 */
public final class CallFeedback {
  private final ToldThings told;

  private CallFeedback(ToldThings told) {
    this.told = told;
  }

  /** All that was said at this time or later. */
  public static CallFeedback since(long epochNanos, StoreReader reader) {
    return new CallFeedback(ToldThings.since(epochNanos, reader));
  }

  /** Names of correlation keys that somebody used: ancestors have to know their values. */
  public Set<String> keys() {
    return told.keys();
  }

  /**
   * What each author said last of each target, earliest first.
   *
   * @param above with the {@link #keys()}; those above the call were loaded, if there are keys
   */
  public List<FeedbackRow> of(SpanRow call, Ancestors above) {
    return told.hasFeedback() ? told.feedbackOf(call, above.correlations(call)) : List.of();
  }
}
