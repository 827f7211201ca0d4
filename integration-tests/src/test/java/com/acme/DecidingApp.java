package com.acme;

import dev.engram.agent.api.Decision;
import dev.engram.agent.api.Engram;
import dev.engram.agent.api.Feedback;
import dev.engram.agent.api.Outcome;
import dev.engram.agent.api.Remember;
import java.util.List;

/** Routes so many orders, learns later what became of the first of them, and ends. */
public class DecidingApp {
  /** How many orders there are. */
  public static final int ORDERS = 40;

  /** Of so many it learns that they were paid; of as many that they were sent back. */
  public static final int TOLD = 10;

  /** What was decided, and why. */
  public record Routed(String queue, double confidence, List<String> options, List<String> why) {}

  public static void main(String[] arguments) {
    DecidingApp app = new DecidingApp();
    for (int i = 0; i < ORDERS; i++) {
      app.serve("order-" + i);
    }
    for (int i = 0; i < TOLD; i++) {
      app.learn("order-" + i, Outcome.Label.SUCCESS);
      app.learn("order-" + (TOLD + i), Outcome.Label.FAILURE);
    }
  }

  @Remember("serve")
  void serve(String orderId) {
    route(orderId);
    if (orderId.equals("order-0")) {
      Engram.feedback(Feedback.onCurrentTrace().withLabel("helpful").withScore(1));
    }
  }

  @Decision(
      value = "route order",
      choice = "queue",
      confidence = "confidence",
      options = "options",
      reasoning = "why",
      model = "rules-1")
  Routed route(String orderId) {
    String number = orderId.substring("order-".length());
    List<String> why = List.of("order " + number + " is small", "its password=hunter2 is known");
    return new Routed("fast", 0.95, List.of("fast", "slow"), why);
  }

  private void learn(String orderId, Outcome.Label label) {
    Engram.outcome(Outcome.of("order_id", orderId, label).withAuthor("billing"));
  }
}
