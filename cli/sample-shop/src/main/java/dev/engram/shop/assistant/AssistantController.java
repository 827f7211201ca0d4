package dev.engram.shop.assistant;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The assistant over HTTP. */
@RestController
class AssistantController {
  private final Assistant assistant;

  AssistantController(Assistant assistant) {
    this.assistant = assistant;
  }

  @GetMapping("/assistant")
  Map<String, String> ask(@RequestParam("q") String question) {
    return Map.of("question", question, "answer", assistant.answer(question));
  }
}
