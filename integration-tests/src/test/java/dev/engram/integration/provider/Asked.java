package dev.engram.integration.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a request asks for, whatever interface it came through.
 *
 * @param model by name
 * @param streams whether the answer is wanted in chunks
 * @param prompt the text of the last message of the user; of embeddings all inputs, one a line
 * @param toolResults that came after the prompt
 * @param tools that the model may call
 * @param schema that the answer must have; missing for free text
 * @param request the body as it came
 */
public record Asked(
    String model,
    boolean streams,
    String prompt,
    List<String> toolResults,
    List<Tool> tools,
    JsonNode schema,
    JsonNode request) {
  /**
   * @param schema of its arguments
   */
  public record Tool(String name, JsonNode schema) {}
}
