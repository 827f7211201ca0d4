package dev.engram.collector.analysis.decision;

import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.StoredOutcome;
import dev.engram.collector.store.StoredSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes and feedback that were told, by what they are about. Of one author the latest holds; who
 * names no author is one author.
 */
final class ToldThings {
  private static final String KEY = "key";
  private static final String CONVERSATION = "gen_ai.conversation.id";

  /** What something is about: its kind, the key's name where it is one, and which. */
  private record About(String target, String key, String id) {}

  private final Map<About, List<OutcomeRow>> outcomes = new HashMap<>();
  private final Map<About, List<FeedbackRow>> feedback = new HashMap<>();
  private final Set<String> keys = new HashSet<>();

  /** All that was told at this time or later. */
  static ToldThings since(long epochNanos, StoreReader reader) {
    ToldThings told = new ToldThings();
    reader.outcomes(epochNanos).stream().map(StoredOutcome::row).forEach(told::add);
    reader.feedback(epochNanos).stream().map(StoredFeedback::row).forEach(told::add);
    return told;
  }

  private void add(OutcomeRow row) {
    About about = new About(row.target(), row.key(), row.targetId());
    outcomes.computeIfAbsent(about, absent -> new ArrayList<>()).add(row);
    if (row.target().equals(KEY)) {
      keys.add(row.key());
    }
  }

  /** What an application calls a key of its own may name one of ours as {@code name=value}. */
  private void add(FeedbackRow row) {
    int equals = row.target().equals(KEY) ? row.targetId().indexOf('=') : -1;
    About about =
        equals < 0
            ? new About(row.target(), "", row.targetId())
            : new About(
                KEY, row.targetId().substring(0, equals), row.targetId().substring(equals + 1));
    feedback.computeIfAbsent(about, absent -> new ArrayList<>()).add(row);
    if (equals >= 0) {
      keys.add(about.key());
    }
  }

  /** Whether somebody said what they think of anything. */
  boolean hasFeedback() {
    return !feedback.isEmpty();
  }

  /** Names of correlation keys that somebody used. */
  Set<String> keys() {
    return keys;
  }

  /** What each author told last, earliest first. What was told before it is of something else. */
  List<OutcomeRow> outcomesOf(DecisionRow decision, Map<String, String> correlations) {
    if (outcomes.isEmpty()) {
      return List.of();
    }
    List<About> abouts = new ArrayList<>();
    abouts.add(new About("decision", "", hex(decision.decisionId())));
    correlations.forEach((key, value) -> abouts.add(new About(KEY, key, value)));
    List<OutcomeRow> all = new ArrayList<>();
    abouts.forEach(about -> all.addAll(outcomes.getOrDefault(about, List.of())));
    all.removeIf(row -> row.timeEpochNanos() < decision.timeEpochNanos());
    return latest(all, OutcomeRow::timeEpochNanos, row -> List.of(name(row.author())));
  }

  /** What each author said last of the decision, its span, trace, conversation or key. */
  List<FeedbackRow> feedbackOf(
      DecisionRow decision, List<StoredSpan> trace, Map<String, String> correlations) {
    if (feedback.isEmpty()) {
      return List.of();
    }
    Set<About> abouts = new HashSet<>();
    abouts.add(new About("decision", "", hex(decision.decisionId())));
    abouts.add(new About("span", "", hex(decision.spanId())));
    abouts.add(new About("trace", "", decision.traceId().hex()));
    for (StoredSpan span : trace) {
      if (span.row().attributes().get(CONVERSATION) instanceof String id) {
        abouts.add(new About("conversation", "", id));
      }
    }
    return feedbackOf(abouts, correlations);
  }

  /** What each author said last of the span, its trace, conversation or key. */
  List<FeedbackRow> feedbackOf(SpanRow span, Map<String, String> correlations) {
    Set<About> abouts = new HashSet<>();
    abouts.add(new About("span", "", hex(span.spanId())));
    abouts.add(new About("trace", "", span.traceId().hex()));
    if (span.attributes().get(CONVERSATION) instanceof String id) {
      abouts.add(new About("conversation", "", id));
    }
    return feedbackOf(abouts, correlations);
  }

  private List<FeedbackRow> feedbackOf(Set<About> abouts, Map<String, String> correlations) {
    correlations.forEach((key, value) -> abouts.add(new About(KEY, key, value)));
    List<FeedbackRow> all = new ArrayList<>();
    abouts.forEach(about -> all.addAll(feedback.getOrDefault(about, List.of())));
    return latest(
        all,
        FeedbackRow::timeEpochNanos,
        row -> List.of(row.target(), row.targetId(), name(row.author())));
  }

  /** Rows of one time are in the order in which they arrived. */
  private static <T> List<T> latest(
      List<T> rows, Function<T, Long> time, Function<T, List<String>> identity) {
    rows.sort(Comparator.comparing(time));
    Map<List<String>, T> last = new LinkedHashMap<>();
    for (T row : rows) {
      List<String> key = identity.apply(row);
      last.remove(key);
      last.put(key, row);
    }
    return List.copyOf(last.values());
  }

  private static String name(@Nullable String author) {
    return author == null ? "" : author;
  }

  private static String hex(long id) {
    return HexFormat.of().toHexDigits(id);
  }
}
