package dev.engram.collector.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums spans up one by one, or sums of them. Not thread-safe. */
public final class SpanSums {
  private static final String TEXT = "db.query.text";

  private record Key(String service, String name) {}

  private static final class Draft {
    private final Durations durations = new Durations();
    private long count;
    private long errors;
    private long last = Long.MIN_VALUE;
  }

  private final SpanSum.By by;
  private final Map<Key, Draft> drafts = new HashMap<>();

  public SpanSums(SpanSum.By by) {
    this.by = by;
  }

  /** Adds a span, unless it is none of those that are summed up. */
  public void add(StoredSpan span) {
    SpanRow row = span.row();
    String name = name(row);
    if (name != null) {
      Draft draft = draft(span.service(), name);
      draft.count++;
      draft.errors += row.status().equals("error") ? 1 : 0;
      draft.last = Math.max(draft.last, row.startEpochNanos());
      if (row.durationNanos() >= 0) {
        draft.durations.add(row.durationNanos());
      }
    }
  }

  /** Adds a sum of others. */
  public void add(SpanSum sum) {
    Draft draft = draft(sum.service(), sum.name());
    draft.count += sum.count();
    draft.errors += sum.errors();
    draft.last = Math.max(draft.last, sum.lastEpochNanos());
    draft.durations.add(sum.durations());
  }

  public List<SpanSum> all() {
    return drafts.entrySet().stream().map(entry -> sum(entry.getKey(), entry.getValue())).toList();
  }

  private Draft draft(String service, String name) {
    return drafts.computeIfAbsent(new Key(service, name), key -> new Draft());
  }

  private @Nullable String name(SpanRow row) {
    if (by == SpanSum.By.REQUEST) {
      return row.kind().equals("SERVER") ? row.name() : null;
    }
    return row.durationNanos() >= 0 && row.attributes().get(TEXT) instanceof String text
        ? text
        : null;
  }

  private static SpanSum sum(Key key, Draft draft) {
    return new SpanSum(
        key.service(), key.name(), draft.count, draft.errors, draft.last, draft.durations);
  }
}
