package dev.engram.collector.analysis.solution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which errors a solution is for: one error group, or all with a throwable of one of these types
 * and one of these messages in their chain of causes.
 *
 * @param fingerprint of the error group; 0 where it is for all that the rest describes
 * @param types names of classes with their packages; none means any
 * @param messages as {@code engram solutions add --message} takes them; none means any
 */
public record Symptom(long fingerprint, List<String> types, List<String> messages) {
  /** That of one error group. */
  public static Symptom ofGroup(long fingerprint) {
    return new Symptom(fingerprint, List.of(), List.of());
  }

  /** That of a kind of error; null means any. */
  static Symptom ofKind(@Nullable String type, @Nullable String message) {
    return new Symptom(
        0,
        type == null ? List.of() : List.of(type),
        message == null ? List.of() : List.of(message));
  }
}
