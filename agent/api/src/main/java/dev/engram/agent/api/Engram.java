package dev.engram.agent.api;

import java.util.Objects;

/** The calls an application may make to its memory. Without the agent they do nothing. */
public final class Engram {
  private Engram() {}

  /**
   * Remembers a judgement, for example a user's thumb up or whether an order went through. Returns
   * at once; what the memory has no room for is counted as lost, never thrown.
   *
   * @throws NullPointerException when {@code feedback} is null
   */
  public static void feedback(Feedback feedback) {
    // The agent reads the argument where it is present.
    Objects.requireNonNull(feedback, "feedback");
  }

  /**
   * Remembers what became of a decision, at once or long after. Returns at once; what the memory
   * has no room for is counted as lost, never thrown.
   *
   * @throws NullPointerException when {@code outcome} is null
   */
  public static void outcome(Outcome outcome) {
    // The agent reads the argument where it is present.
    Objects.requireNonNull(outcome, "outcome");
  }

  /**
   * Says under which value the decisions of the current request will be found by their outcome,
   * whether they are made already or not. Forgotten when the thread serves no request.
   *
   * @param key a short name, such as {@code order_id}
   * @param value at most 256 characters
   * @throws NullPointerException when one of them is null
   */
  public static void correlate(String key, String value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }
}
