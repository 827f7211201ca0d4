package dev.engram.collector.server;

import dev.engram.agent.record.control.Recollection;
import dev.engram.agent.record.control.Recollection.Judgement;
import dev.engram.collector.analysis.recall.PastAnswer;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.FeedbackRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Past answers as files have them: cut, so that each is one that agents take. Pure. */
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

  static Instant time(PastAnswer answer) {
    long nanos = answer.decision().row().timeEpochNanos();
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
