package dev.engram.shop.support;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;

/** Answers a customer's questions and remembers what was said before. */
interface SupportAssistant {
  @SystemMessage(
      "You help the customers of a tea shop. Look orders up before you say something about them.")
  String answer(@MemoryId String customer, @UserMessage String question);
}
