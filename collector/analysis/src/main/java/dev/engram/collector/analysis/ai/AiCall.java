package dev.engram.collector.analysis.ai;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a span of a call of a model says in numbers.
 *
 * @param durationNanos -1 when it was interrupted
 * @param tokens null when the provider told none
 * @param firstChunkNanos until its first chunk; -1 of what does not stream
 * @param retries attempts after the first, as far as they were counted
 */
public record AiCall(
    @Nullable String provider,
    @Nullable String requestModel,
    @Nullable String responseModel,
    long startEpochNanos,
    long durationNanos,
    boolean failed,
    boolean incomplete,
    @Nullable Tokens tokens,
    long firstChunkNanos,
    long retries) {
  private static final String CATEGORY = "ai";

  /** Agents and retrievals, of the same category, are of another. */
  private static final String KIND = "CLIENT";

  private static final String EMBEDDINGS = "embeddings";

  public static AiCall of(SpanRow row) {
    Map<String, Object> attributes = row.attributes();
    return new AiCall(
        text(attributes, "gen_ai.provider.name"),
        text(attributes, "gen_ai.request.model"),
        text(attributes, "gen_ai.response.model"),
        row.startEpochNanos(),
        row.durationNanos(),
        row.status().equals("error"),
        Boolean.TRUE.equals(attributes.get("engram.ai.incomplete")),
        tokens(attributes),
        nanos(attributes.get("gen_ai.response.time_to_first_chunk")),
        number(attributes, "engram.ai.retries"));
  }

  /** The calls of a time, as of {@link SpanFilter}; null and 0 mean any. */
  public static SpanFilter filter(
      long sinceEpochNanos,
      long untilEpochNanos,
      @Nullable String service,
      @Nullable String status,
      int limit) {
    return new SpanFilter(
        sinceEpochNanos, untilEpochNanos, service, KIND, CATEGORY, status, 0, 0, limit);
  }

  /** Whether this span is a call of a model. */
  public static boolean isOne(SpanRow row) {
    return row.category().equals(CATEGORY) && row.kind().equals(KIND);
  }

  /** The model that answered, or else the one that was asked; empty when neither is known. */
  public String model() {
    String asked = requestModel == null ? "" : requestModel;
    return responseModel == null ? asked : responseModel;
  }

  /** Embeddings have no output; of other calls both counts must be known. */
  private static @Nullable Tokens tokens(Map<String, Object> attributes) {
    boolean input = attributes.get("gen_ai.usage.input_tokens") instanceof Long;
    boolean output =
        attributes.get("gen_ai.usage.output_tokens") instanceof Long
            || EMBEDDINGS.equals(attributes.get("gen_ai.operation.name"));
    return input && output
        ? new Tokens(
            number(attributes, "gen_ai.usage.input_tokens"),
            number(attributes, "gen_ai.usage.cache_read.input_tokens"),
            number(attributes, "gen_ai.usage.cache_creation.input_tokens"),
            number(attributes, "gen_ai.usage.output_tokens"),
            number(attributes, "gen_ai.usage.reasoning.output_tokens"))
        : null;
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Long number ? Math.max(0, number) : 0;
  }

  private static @Nullable String text(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof String text && !text.isEmpty() ? text : null;
  }

  private static long nanos(@Nullable Object seconds) {
    return seconds instanceof Double number && number >= 0 ? Math.round(number * 1e9) : -1;
  }
}
