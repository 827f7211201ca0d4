package com.acme;

import dev.engram.agent.api.Decision;
import dev.engram.agent.api.Engram;
import dev.engram.agent.api.Feedback;
import dev.engram.agent.api.Outcome;
import dev.engram.agent.api.Recall;
import dev.engram.agent.api.Recalled;
import dev.engram.agent.api.Remember;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers questions and learns what became of it, where it is told to; then says what it recalls.
 */
public class RecallingApp {
  /** The argument that has it answer first. */
  public static final String ANSWER = "answer";

  /** The argument that has it wait until it recalls what it is to say. */
  public static final String RECALL = "recall";

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final String DECISION = "route question";

  /** Where a question goes. */
  public record Routed(String queue, double confidence) {}

  public static void main(String[] arguments) {
    RecallingApp app = new RecallingApp();
    if (List.of(arguments).contains(ANSWER)) {
      app.answer("the parcel of password=hunter2 is late", "order-1");
      app.answer("please refund my shoes", "order-2");
      app.learn("order-1", Outcome.Label.FAILURE);
      app.learn("order-2", Outcome.Label.SUCCESS);
    }
    Recall same = Recall.ofDecision(DECISION).withInput("order-1").withLimit(1);
    Recall help = Recall.ofError(app.failure());
    if (List.of(arguments).contains(RECALL)) {
      await(same.withOutcome(Outcome.Label.FAILURE), help);
    }
    say("same", same);
    say("like", Recall.ofDecision(DECISION).withInput("my parcel is so late").withLimit(1));
    say("good", Recall.ofDecision(DECISION).withOutcome(Outcome.Label.SUCCESS).withLimit(1));
    say("none", Recall.ofDecision("another decision"));
    say("help", help.withLimit(1));
  }

  /** Each time the same error, of which the catalogue knows. */
  private RuntimeException failure() {
    try {
      return new IllegalStateException("unexpected " + price("two"));
    } catch (NumberFormatException noNumber) {
      return noNumber;
    }
  }

  @Remember
  int price(String text) {
    return Integer.parseInt(text);
  }

  /** Its arguments are what is known of the input. */
  @Remember(kind = Remember.Kind.AI)
  String answer(String question, String orderId) {
    Routed routed = route(orderId);
    Engram.correlate("order_id", orderId);
    Engram.feedback(Feedback.onCurrentTrace().withLabel("seen").withScore(0.5));
    return routed.queue();
  }

  @Decision(value = DECISION, choice = "queue", confidence = "confidence")
  Routed route(String orderId) {
    return new Routed("queue of " + orderId, 0.75);
  }

  private void learn(String orderId, Outcome.Label label) {
    Engram.outcome(Outcome.of("order_id", orderId, label));
  }

  private static void await(Recall... questions) {
    long deadline = System.nanoTime() + PATIENCE;
    for (Recall question : questions) {
      while (Engram.recall(question).isEmpty() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private static void say(String what, Recall question) {
    for (Recalled it : Engram.recall(question)) {
      System.out.printf(
          Locale.ROOT,
          "%s: %s, %s, %.2f sure, %.2f like, %d feedback, of %s%n",
          what,
          it.answer(),
          it.outcome(),
          it.confidence(),
          it.similarity(),
          it.feedback().size(),
          it.input().replace('\n', ' '));
    }
    System.out.println(what + " is all");
  }
}
