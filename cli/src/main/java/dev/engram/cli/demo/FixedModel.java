package dev.engram.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.engram.cli.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for a provider of models on loopback: speaks OpenAI's chat completions, and always says
 * the same to the same. It routes tickets by their first word that means something, and is surer of
 * that than it should be. Thread-safe.
 */
final class FixedModel implements AutoCloseable {
  /** Where it is set, OpenAI's models answer in place of this one. */
  static final String API_KEY = "OPENAI_API_KEY";

  private static final Pattern ORDER = Pattern.compile("order (\\d+)");
  private static final int BYTES_A_TOKEN = 4;
  private static final long SMALL_MILLIS = 5;
  private static final long LARGE_MILLIS = 100;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  private FixedModel(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  static FixedModel start() {
    try {
      return new FixedModel(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException impossible) {
      throw new CommandException("cannot start a stand-in for a model: " + impossible, impossible);
    }
  }

  /** What clients take for the address of OpenAI's API. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** What has the shop ask it: nothing where there is a key for OpenAI's models. */
  Map<String, String> settings(Map<String, String> environment) {
    String key = environment.getOrDefault(API_KEY, "");
    return key.isBlank() ? Map.of("SHOP_MODEL_URL", url()) : Map.of();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = json.readTree(exchange.getRequestBody());
      boolean small = request.path("model").asText().contains("mini");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(small ? SMALL_MILLIS : LARGE_MILLIS));
      byte[] body = json.writeValueAsBytes(completion(request));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private ObjectNode completion(JsonNode request) {
    ObjectNode message = message(request.path("messages"), request.has("tools"));
    ObjectNode completion = json.createObjectNode();
    completion.put("id", "fixed-" + Integer.toHexString(request.path("messages").hashCode()));
    completion.put("object", "chat.completion").put("model", request.path("model").asText());
    ObjectNode choice = completion.putArray("choices").addObject();
    choice.put("index", 0).set("message", message);
    choice.put("finish_reason", message.has("tool_calls") ? "tool_calls" : "stop");
    int input = request.path("messages").toString().length() / BYTES_A_TOKEN;
    int output = Math.max(1, message.toString().length() / BYTES_A_TOKEN);
    completion
        .putObject("usage")
        .put("prompt_tokens", input)
        .put("completion_tokens", output)
        .put("total_tokens", input + output);
    return completion;
  }

  private ObjectNode message(JsonNode messages, boolean tools) {
    ObjectNode message = json.createObjectNode().put("role", "assistant");
    JsonNode last = messages.path(messages.size() - 1);
    String text = last.path("content").asText();
    Matcher order = ORDER.matcher(text.toLowerCase(Locale.ROOT));
    if (last.path("role").asText().equals("tool")) {
      return message.put("content", "I looked it up: " + text + ".");
    }
    if (tools && order.find()) {
      message.putNull("content");
      toolCall(message.putArray("tool_calls"), order.group(1));
      return message;
    }
    boolean routes = messages.path(0).path("content").asText().startsWith("Choose the queue");
    return message.put("content", routes ? routed(text).toString() : reply(text));
  }

  private static void toolCall(ArrayNode calls, String order) {
    calls
        .addObject()
        .put("id", "call-" + order)
        .put("type", "function")
        .putObject("function")
        .put("name", "orderDetails")
        .put("arguments", "{\"order\": " + order + "}");
  }

  private ObjectNode routed(String ticket) {
    String words = ticket.toLowerCase(Locale.ROOT);
    boolean late = words.contains("late") || words.contains("where");
    boolean money = words.contains("money") || words.contains("broken");
    String queue = late ? "shipping" : money ? "refunds" : "people";
    ObjectNode routed = json.createObjectNode().put("queue", queue);
    routed.put("confidence", late || money ? 0.94 : 0.55);
    routed
        .putArray("reasoning")
        .add("the ticket " + (late ? "asks about time" : money ? "asks for money" : "is unclear"))
        .add("that is for " + queue);
    return routed;
  }

  private static String reply(String request) {
    int note = request.indexOf("Note: ");
    return note < 0
        ? "Our teas are listed with how long to steep them; ask us about any of them."
        : "Thank you for writing: " + request.substring(note + "Note: ".length()) + ".";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
