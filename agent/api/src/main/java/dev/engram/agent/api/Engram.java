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
}
