package com.acme.shop;

import dev.engram.agent.api.WorkflowNode;
import dev.engram.agent.api.WorkflowRun;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A workflow in plain code, as applications write it. */
public class Onboarding {
  private int refusals;

  @WorkflowRun(value = "onboarding", id = "customer")
  public String run(String customer, String password) {
    check(customer);
    return welcome(List.of("mail", "letter"));
  }

  /** The first of two tries fails. */
  @WorkflowRun
  public void persistent(int failures) {
    refusals = failures;
    try {
      refuse();
    } catch (IllegalStateException again) {
      refuse();
    }
  }

  @WorkflowRun("later")
  public CompletionStage<String> later(CompletableFuture<String> answer) {
    return ask(answer).thenApply(it -> it + "!");
  }

  @WorkflowNode("check")
  public boolean check(String customer) {
    return !customer.isEmpty();
  }

  @WorkflowNode("welcome")
  public String welcome(List<String> ways) {
    return "welcomed by " + ways.get(0);
  }

  @WorkflowNode("refuse")
  public void refuse() {
    if (refusals-- > 0) {
      throw new IllegalStateException("refused");
    }
  }

  @WorkflowNode("ask")
  public CompletionStage<String> ask(CompletableFuture<String> answer) {
    return answer.thenApply(it -> it);
  }
}
