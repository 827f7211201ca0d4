package dev.engram.collector.server;

import dev.engram.agent.record.control.Recollection;
import dev.engram.agent.record.control.Recollection.Judgement;
import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.recall.KnownSolution;
import dev.engram.collector.analysis.recall.PastAnswer;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.FeedbackRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Past answers and known solutions as files have them: cut, so that each is one that agents take.
 * Pure.
 */
final class RecollectionMapper {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private RecollectionMapper() {}

  static Recollection map(PastAnswer answer) {
    DecisionRow row = answer.decision().row();
    List<FeedbackRow> feedback = answer.judged().feedback();
    int skipped = Math.max(0, feedback.size() - Recollection.MOST_FEEDBACK);
    return new Recollection(
        answer.workflow().isEmpty() ? Recollection.DECISION : Recollection.NODE,
        cut(answer.workflow()),
        cut(row.name()),
        String.format("%016x", row.decisionId()),
        time(answer),
        cut(answer.inputHash()),
        cut(answer.input()),
        cut(answer.answer()),
        row.confidence() >= 0 && row.confidence() <= 1 ? row.confidence() : Double.NaN,
        answer.judged().outcome().label().text(),
        feedback.stream().skip(skipped).map(RecollectionMapper::judgement).toList());
  }

  static Recollection map(KnownSolution known) {
    ExceptionGroup error = known.error();
    Proportion success = known.solution().success();
    String message = error.message();
    return new Recollection(
        Recollection.ERROR,
        "",
        SpanIds.hex(error.fingerprint()),
        known.solution().id(),
        time(error.lastSeenEpochNanos()),
        "",
        cut(message == null ? error.type() : error.type() + ": " + message),
        cut(known.solution().remedy()),
        success.of() == 0 ? Double.NaN : success.rate(),
        outcome(success),
        List.of());
  }

  /** What people said of it. */
  private static String outcome(Proportion success) {
    if (success.of() == 0) {
      return "unknown";
    }
    return success.count() == success.of()
        ? "success"
        : success.count() == 0 ? "failure" : "partial";
  }

  static Instant time(PastAnswer answer) {
    return time(answer.decision().row().timeEpochNanos());
  }

  private static Instant time(long nanos) {
    return Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
  }

  private static Judgement judgement(FeedbackRow row) {
    return new Judgement(
        orNull(row.label()), row.score(), orNull(row.author()), orNull(row.comment()));
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : cut(text);
  }

  private static String cut(String text) {
    return text.length() <= Recollection.LONGEST ? text : text.substring(0, Recollection.LONGEST);
  }
}
