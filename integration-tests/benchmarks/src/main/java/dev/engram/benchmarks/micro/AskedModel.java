package dev.engram.benchmarks.micro;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.record.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Calls of a model and a node of a workflow, as the instrumentations hand them to capture: a begun
 * note with what is asked, and the span with all of it. Needs live capture. Thread-safe.
 */
final class AskedModel {
  private static final int PIECES = 100;
  private static final String MODEL = "gpt-4o-mini";
  private static final String INSTRUCTIONS =
      prose("You answer what customers of the shop ask about their orders, briefly. ", 1024);
  private static final String QUESTION =
      prose("Order 20261 of Ann Miller was to be here on Monday, and is not. ", 1024);
  private static final String ANSWER =
      prose("It left our store on Friday and is with the carrier; ", 1024);

  private static final Endpoint ENDPOINT =
      Objects.requireNonNull(
          Endpoint.of("POST", "api.openai.com", "/v1/chat/completions"), "endpoint");

  private static final byte[] ASKED =
      bytes(
          "{\"model\":\""
              + MODEL
              + "\",\"temperature\":0.5,\"max_tokens\":200,\"messages\":["
              + "{\"role\":\"system\",\"content\":\""
              + INSTRUCTIONS
              + "\"},"
              + "{\"role\":\"user\",\"content\":\""
              + QUESTION
              + "\"}]}");

  private static final String BEGIN = "{\"id\":\"1\",\"model\":\"" + MODEL + "\",\"choices\":[";
  private static final String USAGE = "\"usage\":{\"prompt_tokens\":512,\"completion_tokens\":256}";

  private static final byte[] ANSWERED =
      bytes(
          BEGIN
              + "{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\","
              + "\"content\":\""
              + ANSWER
              + "\"}}],"
              + USAGE
              + "}");

  private static final byte[] PIECE =
      bytes(
          "data: "
              + BEGIN
              + "{\"index\":0,\"delta\":{\"content\":\""
              + ANSWER.substring(0, ANSWER.length() / PIECES)
              + "\"}}]}\n\n");

  private static final byte[] LAST =
      bytes("data: " + BEGIN + "]," + USAGE + "}\n\ndata: [DONE]\n\n");

  private static final String GIVEN = "{\"order\":20261,\"note\":\"" + QUESTION + "\"}";

  private AskedModel() {}

  /** As a framework tells it. */
  static void told() {
    ModelCall call = Objects.requireNonNull(ModelCall.open("chat", "openai", MODEL), "call");
    call.set(AttributeKey.GEN_AI_REQUEST_TEMPERATURE, 0.5)
        .set(AttributeKey.GEN_AI_REQUEST_MAX_TOKENS, 200L)
        .system(INSTRUCTIONS)
        .input(new Messages().role("user").text(QUESTION))
        .begin()
        .leave();
    call.set(AttributeKey.GEN_AI_RESPONSE_MODEL, MODEL)
        .set(AttributeKey.GEN_AI_RESPONSE_FINISH_REASONS, "stop")
        .tokens(512, 256)
        .output(new Messages().role("assistant").text(ANSWER).finishReason("stop"))
        .end();
  }

  /** The same, as it is read from the bodies of a client. */
  static void read() {
    AnswerBytes answer = ask().answered(200, "application/json", null);
    answer.add(ANSWERED, 0, ANSWERED.length);
    answer.ended();
  }

  /** The same, with an answer that comes in pieces. */
  static void streamed() {
    AnswerBytes answer = ask().answered(200, "text/event-stream", null);
    answer.readThrough(ENDPOINT);
    for (int i = 0; i < PIECES; i++) {
      answer.add(PIECE, 0, PIECE.length);
    }
    answer.add(LAST, 0, LAST.length);
    answer.ended();
  }

  /** A node that is given and gives as much as a question has. */
  static void node() {
    WorkflowNode node =
        Objects.requireNonNull(WorkflowNode.open(null, "orders", "run", "check", 1), "node");
    node.from("load", null).input(GIVEN).enter();
    node.output(GIVEN).end();
  }

  private static WireCall ask() {
    WireCall call = Objects.requireNonNull(WireCall.open(ENDPOINT, ASKED, ASKED.length), "call");
    call.leave();
    return call;
  }

  private static String prose(String sentence, int length) {
    return sentence.repeat(length / sentence.length() + 1).substring(0, length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
