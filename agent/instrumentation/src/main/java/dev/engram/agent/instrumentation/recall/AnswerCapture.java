package dev.engram.agent.instrumentation.recall;

import dev.engram.agent.api.Feedback;
import dev.engram.agent.api.Outcome;
import dev.engram.agent.api.Recall;
import dev.engram.agent.api.Recalled;
import dev.engram.agent.core.recall.Match;
import dev.engram.agent.core.recall.Question;
import dev.engram.agent.core.recall.Recollections;
import dev.engram.agent.record.control.Recollection;
import dev.engram.agent.record.control.Recollection.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers the application in its own types. Loaded beside the API alone. */
final class AnswerCapture {
  private AnswerCapture() {}

  static void asked(@Nullable Object question, @Nullable List<Object> found) {
    if (question instanceof Recall recall && found != null) {
      for (Match match : Recollections.answer(question(recall))) {
        found.add(recalled(match));
      }
    }
  }

  private static Question question(Recall recall) {
    Outcome.Label label = recall.outcome();
    String outcome = label == null ? null : label.name().toLowerCase(Locale.ROOT);
    String workflow = recall.workflow();
    Throwable error = recall.error();
    if (error != null) {
      return Question.ofError(error, outcome, recall.limit());
    }
    return workflow == null
        ? Question.ofDecision(recall.name(), recall.input(), outcome, recall.limit())
        : Question.ofNode(workflow, recall.name(), recall.input(), outcome, recall.limit());
  }

  private static Recalled recalled(Match match) {
    Recollection it = match.recollection();
    String target = it.kind().equals(Recollection.NODE) ? "span" : it.kind();
    List<Feedback> feedback = new ArrayList<>();
    for (Judgement judgement : it.feedback()) {
      feedback.add(feedback(Feedback.on(target, it.id()), judgement));
    }
    return new Recalled(
        it.id(),
        it.time(),
        it.input(),
        it.answer(),
        it.confidence(),
        Outcome.Label.valueOf(it.outcome().toUpperCase(Locale.ROOT)),
        feedback,
        match.similarity());
  }

  private static Feedback feedback(Feedback on, Judgement judgement) {
    Feedback given = on.withScore(judgement.score());
    given = judgement.label() == null ? given : given.withLabel(judgement.label());
    given = judgement.author() == null ? given : given.withAuthor(judgement.author());
    return judgement.comment() == null ? given : given.withComment(judgement.comment());
  }
}
