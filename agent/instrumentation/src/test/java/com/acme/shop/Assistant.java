package com.acme.shop;

import dev.engram.agent.api.Engram;
import dev.engram.agent.api.Feedback;
import dev.engram.agent.api.Remember;

/** Uses the API as applications do. */
@Remember("assistant")
public class Assistant {
  @Remember(value = "answer", kind = Remember.Kind.AI, provider = "openai", model = "gpt-4o")
  public String answer(String question) {
    if (question.isEmpty()) {
      throw new IllegalStateException("nothing was asked");
    }
    return "because of " + question;
  }

  public void greet() {
    Engram.feedback(Feedback.onCurrentTrace().withLabel("polite").withScore(1));
  }

  @Override
  public String toString() {
    return "assistant";
  }

  void unseen() {}

  public void callUnseen() {
    unseen();
  }
}
