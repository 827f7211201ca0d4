package dev.engram.collector.server;

import dev.engram.collector.analysis.decision.OutcomeLabel;
import dev.engram.collector.intake.ToldRecords;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.server.http.Answer;
import dev.engram.collector.server.http.Members;
import dev.engram.collector.server.http.RefusedException;
import dev.engram.collector.server.http.Resource;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where programs tell over HTTP what people tell by {@code engram outcome}, {@code engram feedback}
 * and {@code engram solutions}: the collector takes it from the same folder. Thread-safe.
 */
final class ToldResources {
  private static final String OUTCOMES = "/api/v1/outcomes";
  private static final String FEEDBACK = "/api/v1/feedback";
  private static final Set<String> OUTCOME_MEMBERS =
      Set.of("decision", "key", "id", "label", "value", "author", "comment");
  private static final Set<String> FEEDBACK_MEMBERS =
      Set.of("target", "id", "label", "score", "author", "comment");
  private static final Pattern DECISION_ID = Pattern.compile("[0-9a-f]{1,16}");

  private final Leaving leaving;
  private final StoreReader reader;

  private ToldResources(Leaving leaving, StoreReader reader) {
    this.leaving = leaving;
    this.reader = reader;
  }

  /** By path. */
  static Map<String, Resource> of(Home home, StoreReader reader, Clock clock) {
    Leaving leaving = new Leaving(home.folder(), clock);
    ToldResources told = new ToldResources(leaving, reader);
    Map<String, Resource> all = new HashMap<>(SolutionResources.of(reader, leaving));
    all.put(OUTCOMES, told::outcome);
    all.put(FEEDBACK, told::feedback);
    return Map.copyOf(all);
  }

  private Answer outcome(Members body) throws RefusedException {
    body.only(OUTCOME_MEMBERS);
    String label = body.requiredText("label", Telling.LONGEST);
    if (!OutcomeLabel.texts().contains(label)) {
      throw new RefusedException(
          400, "label must be one of " + String.join(", ", OutcomeLabel.texts()));
    }
    String decision = body.text("decision", Telling.LONGEST);
    String key = body.text("key", Telling.LONGEST);
    if ((decision == null) == (key == null)) {
      throw new RefusedException(400, "give either decision, or key and id");
    }
    String id = decision == null ? body.requiredText("id", Telling.LONGEST) : decisionId(decision);
    double value = body.number("value");
    String author = body.text("author", Telling.LONGEST);
    String comment = body.text("comment", Telling.LONGEST);
    return leave(
        (home, now) ->
            ToldRecords.outcome(
                home, now, key == null ? "" : key, id, label, value, author, comment));
  }

  private Answer feedback(Members body) throws RefusedException {
    body.only(FEEDBACK_MEMBERS);
    String target = body.requiredText("target", Telling.LONGEST);
    if (!Telling.TARGETS.contains(target)) {
      throw new RefusedException(
          400, "target must be one of " + String.join(", ", Telling.TARGETS));
    }
    String id = Telling.targetId(target, body.requiredText("id", Telling.LONGEST));
    String label = body.text("label", Telling.LONGEST);
    double score = body.number("score");
    String author = body.text("author", Telling.LONGEST);
    String comment = body.text("comment", Telling.LONGEST);
    if (label == null && Double.isNaN(score) && comment == null) {
      throw new RefusedException(400, "give label, score or comment");
    }
    return leave(
        (home, now) -> ToldRecords.feedback(home, now, target, id, label, score, author, comment));
  }

  private String decisionId(String prefix) throws RefusedException {
    String lower = prefix.toLowerCase(Locale.ROOT);
    if (!DECISION_ID.matcher(lower).matches()) {
      throw new RefusedException(400, "decision must be 1 to 16 hex digits");
    }
    List<Long> ids = ids(lower);
    if (ids.size() > 1) {
      throw new RefusedException(
          409, "begins several ids: " + String.join(", ", ids.stream().map(SpanIds::hex).toList()));
    }
    return ids.stream()
        .findFirst()
        .map(SpanIds::hex)
        .orElseThrow(
            () ->
                new RefusedException(
                    404, "no decision with this id; one just made is known within a second"));
  }

  private List<Long> ids(String prefix) throws RefusedException {
    try {
      return reader.decisionIds(prefix);
    } catch (StoreException away) {
      throw new RefusedException(503, "the store cannot be asked now; try again");
    }
  }

  private Answer leave(Leaving.Left left) throws RefusedException {
    leaving.now(left);
    return Answer.accepted();
  }
}
