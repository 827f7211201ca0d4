package dev.engram.collector.analysis;

import dev.engram.collector.analysis.decision.Correlations;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The spans above others, read from the store level by level, each once. Keeps of each only what is
 * asked of ancestors. Not thread-safe.
 */
public final class Ancestors {
  /** No honest trace nests so deep. */
  private static final int MAX_DEPTH = 200;

  /** Which span: ids are unique within a trace. */
  public record Key(TraceId traceId, long spanId) {}

  /**
   * A span above another one.
   *
   * @param workflow {@code gen_ai.workflow.name}; null when it says none
   * @param correlations values of the correlation keys that are asked for, by their names
   */
  public record Ancestor(
      Key key,
      long parentSpanId,
      String kind,
      String category,
      String name,
      @Nullable String workflow,
      Map<String, String> correlations) {
    static Ancestor of(SpanRow row, Map<String, String> correlations) {
      return new Ancestor(
          new Key(row.traceId(), row.spanId()),
          row.parentSpanId(),
          row.kind(),
          row.category(),
          row.name(),
          row.attributes().get("gen_ai.workflow.name") instanceof String name ? name : null,
          correlations);
    }

    Key parent() {
      return new Key(key.traceId(), parentSpanId);
    }
  }

  private final StoreReader reader;
  private final Set<String> keys;
  private final Map<Key, Optional<Ancestor>> known = new HashMap<>();

  public Ancestors(StoreReader reader) {
    this(reader, Set.of());
  }

  /**
   * Ones that keep values of correlation keys.
   *
   * @param keys their names; none are kept where there is no name
   */
  public Ancestors(StoreReader reader, Set<String> keys) {
    this.reader = reader;
    this.keys = Set.copyOf(keys);
  }

  /** Where a way up begins: the span above this one. */
  public static Key above(SpanRow row) {
    return new Key(row.traceId(), row.parentSpanId());
  }

  /** Takes note of a span that was read anyway. */
  public void note(SpanRow row) {
    known.putIfAbsent(
        new Key(row.traceId(), row.spanId()), Optional.of(Ancestor.of(row, values(row))));
  }

  /** Reads these spans and all above them. */
  public void load(Set<Key> spans) {
    Set<Key> wanted = new HashSet<>(spans);
    for (int depth = 0; depth < MAX_DEPTH && !wanted.isEmpty(); depth++) {
      read(wanted);
      wanted = parents(wanted);
    }
  }

  /** This span or the nearest above it that is such a one; empty when none is known. */
  public Optional<Ancestor> nearest(Key from, Predicate<Ancestor> wanted) {
    Optional<Ancestor> at = known.getOrDefault(from, Optional.empty());
    for (int depth = 0; depth < MAX_DEPTH && at.isPresent(); depth++) {
      if (wanted.test(at.get())) {
        return at;
      }
      at = known.getOrDefault(at.get().parent(), Optional.empty());
    }
    return Optional.empty();
  }

  /** The correlation keys of this span and of those above it; of one name the nearest counts. */
  public Map<String, String> correlations(SpanRow row) {
    Map<String, String> values = new TreeMap<>(values(row));
    if (!keys.isEmpty()) {
      nearest(
          above(row),
          ancestor -> {
            ancestor.correlations().forEach(values::putIfAbsent);
            return false;
          });
    }
    return values;
  }

  private Map<String, String> values(SpanRow row) {
    return keys.isEmpty() ? Map.of() : Correlations.of(row, keys);
  }

  private void read(Set<Key> wanted) {
    Set<Long> ids = new HashSet<>();
    wanted.stream()
        .filter(key -> key.spanId() != 0 && !known.containsKey(key))
        .forEach(key -> ids.add(key.spanId()));
    if (!ids.isEmpty()) {
      reader.spansById(ids).stream().map(StoredSpan::row).forEach(this::note);
    }
    wanted.forEach(key -> known.putIfAbsent(key, Optional.empty()));
  }

  private Set<Key> parents(Set<Key> spans) {
    Set<Key> parents = new HashSet<>();
    for (Key span : spans) {
      known.getOrDefault(span, Optional.empty()).map(Ancestor::parent).ifPresent(parents::add);
    }
    parents.removeIf(key -> key.spanId() == 0);
    return parents;
  }
}
