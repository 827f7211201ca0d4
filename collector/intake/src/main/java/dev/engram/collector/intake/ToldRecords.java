package dev.engram.collector.intake;

import dev.engram.agent.record.FeedbackRecord;
import dev.engram.agent.record.OutcomeRecord;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Leaves what people tell for the collector of a home. Safe from any process. */
public final class ToldRecords {
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
    String target = key.isEmpty() ? "decision" : "key";
    OutcomeRecord record =
        new OutcomeRecord(nowEpochNanos, target, key, id, label, value, author, comment);
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
    FeedbackRecord record =
        new FeedbackRecord(nowEpochNanos, target, targetId, label, score, author, comment);
    ToldFolder folder = new ToldFolder(home);
    return folder.locked(() -> folder.leave(record, nowEpochNanos));
  }
}
