package dev.engram.shop.support;

import dev.engram.agent.api.Engram;
import dev.engram.agent.api.Feedback;
import dev.engram.agent.api.Outcome;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import java.util.Map;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Support over HTTP: questions, tickets, and what customers say of the answers. */
@Lazy
@RestController
class SupportController {
  private static final String TICKET = "ticket_id";
  private static final int REMEMBERED_MESSAGES = 20;

  private final SupportAssistant assistant;
  private final Triage triage;

  SupportController(Models models, OrderTools tools, Triage triage) {
    this.triage = triage;
    this.assistant =
        AiServices.builder(SupportAssistant.class)
            .chatModel(models.large())
            .tools(tools)
            .chatMemoryProvider(
                customer -> MessageWindowChatMemory.withMaxMessages(REMEMBERED_MESSAGES))
            .build();
  }

  @GetMapping("/support")
  Map<String, String> ask(
      @RequestParam("customer") String customer, @RequestParam("q") String question) {
    return Map.of("question", question, "answer", assistant.answer(customer, question));
  }

  @PostMapping("/tickets")
  Map<String, Object> handle(@RequestBody Ticket ticket) {
    Engram.correlate(TICKET, ticket.id());
    return triage.handle(ticket);
  }

  /** Whether the ticket had gone to the right queue, which shows later. */
  @PostMapping("/tickets/{id}/resolution")
  void resolved(@PathVariable("id") String id, @RequestParam("solved") boolean solved) {
    Engram.outcome(Outcome.of(TICKET, id, solved ? Outcome.Label.SUCCESS : Outcome.Label.FAILURE));
  }

  /** What the customer thinks of the answer, in stars. */
  @PostMapping("/tickets/{id}/rating")
  void rated(@PathVariable("id") String id, @RequestParam("stars") int stars) {
    Engram.feedback(Feedback.on("key", TICKET + "=" + id).withScore(stars / 5.0));
  }
}
