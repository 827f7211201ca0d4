package dev.engram.agent.record.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing a service may recall: what was answered to an input, and what became of it, or what is
 * known against an error. Immutable.
 *
 * @param kind {@link #DECISION}, {@link #NODE} or {@link #ERROR}; readers pass over others, which
 *     are newer
 * @param workflow of a node; empty for others
 * @param name of the decision or the node; of an error 16 hex digits of its fingerprint
 * @param id 16 hex digits: of the decision, or of the node's span; for an error the solution's id
 * @param time when it was decided, when the node began, or when the error was seen last
 * @param inputHash 16 hex digits of the input as it may be remembered; empty when unknown
 * @param input empty when only its hash is known; of an error its type and message
 * @param answer what was chosen, what the node gave, or what to do
 * @param confidence 0 to 1; NaN when unknown
 * @param outcome one of {@link #OUTCOMES}
 * @param feedback what each author said last, earliest first
 */
public record Recollection(
    String kind,
    String workflow,
    String name,
    String id,
    Instant time,
    String inputHash,
    String input,
    String answer,
    double confidence,
    String outcome,
    List<Judgement> feedback) {
  public static final String DECISION = "decision";
  public static final String NODE = "node";
  public static final String ERROR = "error";
  public static final Set<String> OUTCOMES = Set.of("success", "failure", "partial", "unknown");

  /** In characters, of each text; a file with a longer one is not taken. */
  public static final int LONGEST = 1_000;

  /** Of one recollection. */
  public static final int MOST_FEEDBACK = 8;

  public Recollection {
    feedback = List.copyOf(feedback);
  }

  /**
   * What somebody thinks of it.
   *
   * @param score NaN when there is none
   */
  public record Judgement(
      @Nullable String label, double score, @Nullable String author, @Nullable String comment) {
    private Map<String, Object> members() {
      Map<String, Object> members = new LinkedHashMap<>();
      put(members, "label", label);
      put(members, "score", score);
      put(members, "author", author);
      put(members, "comment", comment);
      return members;
    }

    private static Judgement of(JsonMembers members) throws MalformedControlFileException {
      return new Judgement(
          members.optional("label", LONGEST),
          members.number("score"),
          members.optional("author", LONGEST),
          members.optional("comment", LONGEST));
    }
  }

  /** As an object of the file; what is empty or unknown is left out. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", kind);
    put(members, "workflow", workflow);
    members.put("name", name);
    members.put("id", id);
    members.put("time", time);
    put(members, "input_hash", inputHash);
    put(members, "input", input);
    members.put("answer", answer);
    put(members, "confidence", confidence);
    members.put("outcome", outcome);
    if (!feedback.isEmpty()) {
      members.put("feedback", feedback.stream().map(Judgement::members).toList());
    }
    return members;
  }

  static Recollection of(JsonMembers members) throws MalformedControlFileException {
    List<Judgement> feedback = new ArrayList<>();
    for (JsonMembers judgement : members.objects("feedback", MOST_FEEDBACK)) {
      feedback.add(Judgement.of(judgement));
    }
    return new Recollection(
        members.required("kind", LONGEST),
        members.text("workflow", LONGEST),
        members.required("name", LONGEST),
        members.required("id", LONGEST),
        members.requiredInstant("time"),
        members.text("input_hash", LONGEST),
        members.text("input", LONGEST),
        members.text("answer", LONGEST),
        members.share("confidence"),
        members.oneOf("outcome", OUTCOMES),
        feedback);
  }

  private static void put(Map<String, Object> members, String name, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      members.put(name, text);
    }
  }

  private static void put(Map<String, Object> members, String name, double number) {
    if (Double.isFinite(number)) {
      members.put(name, number);
    }
  }
}
