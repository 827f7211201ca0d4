package dev.engram.collector.intake;

import dev.engram.agent.record.DecisionRecord;
import dev.engram.agent.record.FeedbackRecord;
import dev.engram.agent.record.OutcomeRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Leaves what people tell for the collector of a home: the one place where it enters a record, and
 * where it is redacted. Safe from any process.
 */
public final class ToldRecords {
  /** Under which decisions have the values of their correlation keys. */
  private static final String CORRELATION = "engram.correlation.";

  /** Properties of errors and solutions whose values are ids of ours, which hide nothing. */
  private static final Set<String> IDS = Set.of("merged", "error", "worked", "failed");

  private ToldRecords() {}

  /**
   * Leaves what became of a decision.
   *
   * @param key the correlation key that {@code id} is a value of; empty where it is a decision's
   * @param label {@code success}, {@code failure}, {@code partial} or {@code unknown}
   * @param value NaN when there is none
   * @return a file that is gone as soon as the store has it
   */
  public static Path outcome(
      Path home,
      long nowEpochNanos,
      String key,
      String id,
      String label,
      double value,
      @Nullable String author,
      @Nullable String comment)
      throws IOException {
    ToldRedaction redaction = ToldRedaction.of(home);
    OutcomeRecord record =
        new OutcomeRecord(
            nowEpochNanos,
            key.isEmpty() ? "decision" : "key",
            redaction.text("name", key),
            redaction.text(key.isEmpty() ? "engram.decision.id" : CORRELATION + key, id),
            label,
            value,
            redaction.textIfAny("engram.outcome.author", author),
            redaction.textIfAny("engram.outcome.comment", comment));
    ToldFolder folder = new ToldFolder(home);
    return folder.locked(() -> folder.leave(record, nowEpochNanos));
  }

  /**
   * Leaves a decision of the collector's own.
   *
   * @param reasoning one sentence each
   */
  public static Path decision(
      Path home,
      long nowEpochNanos,
      String name,
      List<String> options,
      String chosen,
      List<String> reasoning,
      Map<String, Object> attributes)
      throws IOException {
    ToldRedaction redaction = ToldRedaction.of(home);
    Map<String, Object> redacted = new TreeMap<>();
    attributes.forEach((key, value) -> redacted.put(key, redaction.text(key, value.toString())));
    DecisionRecord record =
        new DecisionRecord(
            nowEpochNanos,
            ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
            0,
            0,
            0,
            name,
            options,
            chosen,
            Double.NaN,
            "rule",
            reasoning.stream().map(it -> redaction.text("engram.decision.reasoning", it)).toList(),
            redacted);
    ToldFolder folder = new ToldFolder(home);
    return folder.locked(() -> folder.leave(record, nowEpochNanos));
  }

  /**
   * Leaves a judgement.
   *
   * @param target {@code trace}, {@code span}, {@code decision}, {@code conversation} or {@code
   *     key}
   * @param score NaN when there is none
   * @return a file that is gone as soon as the store has it
   */
  public static Path feedback(
      Path home,
      long nowEpochNanos,
      String target,
      String targetId,
      @Nullable String label,
      double score,
      @Nullable String author,
      @Nullable String comment)
      throws IOException {
    ToldRedaction redaction = ToldRedaction.of(home);
    FeedbackRecord record =
        new FeedbackRecord(
            nowEpochNanos,
            target,
            redaction.text("engram.feedback.target_id", targetId),
            redaction.textIfAny("engram.feedback.label", label),
            score,
            redaction.textIfAny("engram.feedback.author", author),
            redaction.textIfAny("engram.feedback.comment", comment));
    ToldFolder folder = new ToldFolder(home);
    return folder.locked(() -> folder.leave(record, nowEpochNanos));
  }

  /**
   * Leaves what a person said of an error group, a solution or a remedy, or the collector of a
   * remedy.
   *
   * @param subject {@code error}, {@code solution} or {@code remedy}
   * @param properties at least one, in the order in which they are to be known
   * @return a file that is gone as soon as the store has it and those of the other properties
   */
  public static Path knowledge(
      Path home,
      long nowEpochNanos,
      String subject,
      String subjectId,
      Map<String, String> properties,
      @Nullable String author)
      throws IOException {
    ToldRedaction redaction = ToldRedaction.of(home);
    String by = redaction.textIfAny("engram.feedback.author", author);
    List<FeedbackRecord> records = new ArrayList<>();
    properties.forEach(
        (property, value) -> {
          String name = "engram." + subject + "." + property;
          String text = IDS.contains(property) ? value : redaction.text(name, value);
          records.add(
              new FeedbackRecord(
                  nowEpochNanos, subject, subjectId, property, Double.NaN, by, text));
        });
    ToldFolder folder = new ToldFolder(home);
    return folder.locked(
        () -> {
          Path last = home;
          for (FeedbackRecord record : records) {
            last = folder.leave(record, nowEpochNanos);
          }
          return last;
        });
  }
}
