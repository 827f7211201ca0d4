package dev.engram.shop.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.agent.api.Decision;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Lets a model choose the queue of a ticket. Thread-safe. */
@Lazy
@Component
class TicketRouter {
  private static final String PROMPT =
      """
      Choose the queue for a ticket of a tea shop: refunds, shipping or people.
      Answer with JSON only: {"queue": "...", "confidence": 0.0 to 1.0, "reasoning": ["...", "..."]}""";

  private final ChatModel model;
  private final ObjectMapper json;

  TicketRouter(Models models, ObjectMapper json) {
    this.model = models.small();
    this.json = json;
  }

  @Decision(
      value = "route ticket",
      choice = "queue",
      options = "queues",
      confidence = "confidence",
      reasoning = "reasoning",
      model = "gpt-4o-mini")
  Routed route(String text) {
    String answer =
        model.chat(SystemMessage.from(PROMPT), UserMessage.from(text)).aiMessage().text();
    try {
      return json.readValue(answer, Routed.class);
    } catch (JsonProcessingException noJson) {
      throw new IllegalStateException("the model did not answer with JSON: " + answer, noJson);
    }
  }
}
