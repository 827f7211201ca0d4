package dev.engram.agent.api;

import java.time.Instant;
import java.util.List;

/**
 * Something memory knows: what was answered to an input, and what became of it, or what helps
 * against an error. All texts are as they were remembered: secrets are hidden in them, and long
 * ones are cut.
 *
 * @param id of the decision, or of the node's span: 16 hex digits; or of the solution, such as
 *     {@code S-1f0c9a77b3d2}
 * @param time when it was decided, when the node began, or when the error was seen last
 * @param input empty when only its hash is known; of an error its type and message
 * @param answer what was chosen, what the node gave, or what to do against the error
 * @param confidence of a decision, 0 to 1; of a solution how often it helped; NaN when unknown
 * @param outcome what became of it, told or derived; UNKNOWN when nobody knows yet
 * @param feedback what each author said last of it, earliest first
 * @param similarity 1 for the same input; otherwise, from 0 to 1, how much of all words of both
 *     inputs the two share, where rare ones count more; NaN when no input was asked for
 */
public record Recalled(
    String id,
    Instant time,
    String input,
    String answer,
    double confidence,
    Outcome.Label outcome,
    List<Feedback> feedback,
    double similarity) {
  public Recalled {
    feedback = List.copyOf(feedback);
  }
}
