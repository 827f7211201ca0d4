package dev.engram.cli;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an assistant of the shop did in one request, as rows after those of the sample. */
final class SampleAi {
  static final TraceId TRACE = new TraceId(0xccccccccccccccccL, 3);

  private static final long MILLISECOND = 1_000_000L;

  private final List<Row> rows = new ArrayList<>();

  private SampleAi() {}

  /** Writes the sample and this. */
  static void write(StoreWriter writer) {
    SampleMemory.write(writer);
    SampleAi ai = new SampleAi();
    ai.request();
    ai.stream();
    Checkpoint end = new Checkpoint(100, 100, 0);
    writer.write(new Batch(SampleMemory.INSTANCE, ai.rows, end, ai.rows.size(), 0, 0, Map.of()));
  }

  private void request() {
    add(0x30, 0, "SERVER", "http", "POST /ask", "unset", 1_000, 900, Map.of());
    add(0x31, 0x30, "CLIENT", "ai", "chat gpt-4o", "unset", 1_010, 800, answered(), payloads());
    add(
        0x32,
        0x31,
        "INTERNAL",
        "tool",
        "execute_tool weather",
        "error",
        1_100,
        120,
        Map.of("gen_ai.tool.name", "weather", "gen_ai.tool.call.id", "call_1"),
        payload("gen_ai.tool.call.arguments", "{\"city\":\"Paris\"}"));
  }

  private static Map<String, Object> answered() {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("gen_ai.operation.name", "chat");
    attributes.put("gen_ai.provider.name", "openai");
    attributes.put("gen_ai.request.model", "gpt-4o");
    attributes.put("gen_ai.request.temperature", 0.2);
    attributes.put("gen_ai.response.model", "gpt-4o-2024-08-06");
    attributes.put("gen_ai.response.finish_reasons", "stop");
    attributes.put("gen_ai.usage.input_tokens", 1_000L);
    attributes.put("gen_ai.usage.cache_read.input_tokens", 400L);
    attributes.put("gen_ai.usage.output_tokens", 100L);
    attributes.put("engram.ai.prompt.hash", "0123456789abcdef");
    return attributes;
  }

  /** Hostile text is among what was said. */
  private static PayloadReference[] payloads() {
    return new PayloadReference[] {
      payload("gen_ai.system_instructions", "[{\"type\":\"text\",\"content\":\"You are kind.\"}]"),
      payload(
          "gen_ai.tool.definitions",
          "[{\"type\":\"function\",\"name\":\"weather\",\"description\":\"Says the weather.\"}]"),
      payload(
          "gen_ai.input.messages",
          "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Rain?\\nIn \\u001b[2JParis\"}]},"
              + "{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"call_1\","
              + "\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}]},"
              + "{\"role\":\"tool\",\"parts\":[{\"type\":\"tool_call_response\",\"id\":\"call_1\","
              + "\"response\":\"sunny\"}]}]"),
      payload(
          "gen_ai.output.messages",
          "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"reasoning\",\"content\":\"sun, so no\"},"
              + "{\"type\":\"text\",\"content\":\"No.\"}],\"finish_reason\":\"stop\"}]")
    };
  }

  private void stream() {
    Map<String, Object> attributes =
        Map.of(
            "gen_ai.operation.name", "chat",
            "gen_ai.provider.name", "ollama",
            "gen_ai.request.model", "llama3",
            "gen_ai.response.time_to_first_chunk", 0.05,
            "engram.ai.incomplete", true);
    add(
        0x33,
        0x30,
        "CLIENT",
        "ai",
        "chat llama3",
        "unset",
        1_850,
        40,
        attributes,
        payload("gen_ai.input.messages", "[{\"role\":\"user\",\"par"));
  }

  private static PayloadReference payload(String name, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    boolean cut = !json.endsWith("]") && !json.endsWith("}");
    return new PayloadReference(name, "application/json", bytes.length, cut, 0, bytes);
  }

  private void add(
      long id,
      long parent,
      String kind,
      String category,
      String name,
      String status,
      long start,
      long duration,
      Map<String, Object> attributes,
      PayloadReference... payloads) {
    rows.add(
        new SpanRow(
            SampleMemory.INSTANCE,
            10 + rows.size(),
            TRACE,
            id,
            parent,
            kind,
            category,
            name,
            SampleMemory.MIDNIGHT + start * MILLISECOND,
            duration * MILLISECOND,
            status,
            null,
            attributes,
            List.of(payloads),
            false));
  }
}
