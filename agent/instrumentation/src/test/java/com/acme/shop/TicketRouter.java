package com.acme.shop;

import dev.engram.agent.api.Decision;
import dev.engram.agent.api.Engram;
import dev.engram.agent.api.Outcome;
import dev.engram.agent.api.Remember;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides, as applications do. */
public class TicketRouter {
  public record Routed(String queue, double confidence, List<String> steps) {}

  @Decision(
      value = "route ticket",
      choice = "queue",
      confidence = "confidence",
      reasoning = "steps",
      model = "rules-1")
  public Routed route(String orderId, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("nothing was asked");
    }
    return new Routed("billing", 0.75, List.of("it names an invoice"));
  }

  @Decision(source = Decision.Source.RULE)
  public boolean approve(Object order) {
    return order != null;
  }

  public record Weighed(String choice, double share) {}

  @Decision(
      choice = "choice",
      confidence = "share",
      source = Decision.Source.LOG_PROBABILITY,
      model = "small")
  public Weighed weigh(String text) {
    return new Weighed("spam", 0.25);
  }

  @Decision(choice = "choice", confidence = "share", source = Decision.Source.RULE)
  public Weighed refuse(String text) {
    return new Weighed("no", 1);
  }

  @Decision("later")
  public CompletionStage<String> later(CompletableFuture<String> answer) {
    return answer.thenApply(it -> it);
  }

  @Decision("asked")
  public Object choose(Object choice) {
    return choice;
  }

  @Remember(kind = Remember.Kind.AI, model = "gpt-4o")
  public String ask(String question) {
    return "{\"decision\": \"" + question + "\", \"confidence\": 0.5}";
  }

  @Remember
  public void serve(String orderId) {
    route(orderId, "my invoice");
    Engram.correlate("order_id", orderId);
  }

  public void paid(String orderId) {
    Engram.outcome(
        Outcome.of("order_id", orderId, Outcome.Label.SUCCESS).withValue(30).withAuthor("billing"));
  }
}
