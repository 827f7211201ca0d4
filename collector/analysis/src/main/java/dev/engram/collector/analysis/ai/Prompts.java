package dev.engram.collector.analysis.ai;

import dev.engram.collector.analysis.ai.AiSummary.PromptVersion;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When each version of a prompt was first seen. Not thread-safe. */
final class Prompts {
  private final StoreReader reader;
  private final Map<String, PromptVersion> versions = new HashMap<>();
  private final Map<InstanceId, String> deployed = new HashMap<>();

  Prompts(StoreReader reader) {
    this.reader = reader;
  }

  /** The version of the prompt of a call; empty when it has none. */
  static String hash(SpanRow row) {
    return row.attributes().get("engram.ai.prompt.hash") instanceof String hash ? hash : "";
  }

  /** Looks through all calls of a service, or of all when it is null. */
  void read(@Nullable String service) {
    for (Instance instance : reader.instances()) {
      deployed.put(instance.id(), instance.version());
    }
    reader.visit(AiCall.filter(0, 0, service, null, 0), this::add);
  }

  @Nullable PromptVersion of(String hash) {
    return versions.get(hash);
  }

  /** They come oldest first. */
  private void add(StoredSpan span) {
    SpanRow row = span.row();
    String hash = hash(row);
    if (!hash.isEmpty()) {
      versions.computeIfAbsent(hash, key -> first(span));
    }
  }

  private PromptVersion first(StoredSpan span) {
    SpanRow row = span.row();
    return new PromptVersion(
        row.attributes().get("gen_ai.prompt.name") instanceof String name ? name : null,
        row.startEpochNanos(),
        span.service(),
        deployed.getOrDefault(row.instance(), ""));
  }
}
