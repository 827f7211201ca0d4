package dev.engram.shop.assistant;

import dev.engram.agent.api.Remember;
import java.util.Locale;
import org.springframework.stereotype.Service;

/** Answers customers without a model: the same question always gets the same answer. */
@Service
public class Assistant {
  @Remember(kind = Remember.Kind.AI, provider = "engram-sample-shop", model = "fixed-answers")
  public String answer(String question) {
    String words = question.toLowerCase(Locale.ROOT);
    if (words.contains("tea")) {
      return "A teapot holds four cups. Warm it before you pour.";
    }
    if (words.contains("return")) {
      return "You can return anything within 30 days.";
    }
    return "I can help with tea and with returns.";
  }
}
