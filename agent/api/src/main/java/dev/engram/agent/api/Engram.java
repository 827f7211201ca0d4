package dev.engram.agent.api;

import java.util.ArrayList;
import java.util.List;
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

  /**
   * What memory knows of like cases of this service. Returns at once: it looks into what this
   * process holds of its memory already, and no file, lock or network is touched on this thread.
   *
   * <p>A collector that runs brings what it learns into the memory home within seconds, and the
   * agent takes it from there once a second, from the first question of the process on: that one is
   * answered with what was known when the service started.
   *
   * @return best answers first; empty where nothing is known, and without agent or collector
   * @throws NullPointerException when {@code question} is null
   */
  public static List<Recalled> recall(Recall question) {
    Objects.requireNonNull(question, "question");
    List<Recalled> found = new ArrayList<>();
    answer(question, found);
    return List.copyOf(found);
  }

  static void answer(Recall question, List<Recalled> found) {
    // The agent fills the list where it is present.
  }
}
