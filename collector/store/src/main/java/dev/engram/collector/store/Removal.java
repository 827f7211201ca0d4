package dev.engram.collector.store;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one step took out of a store.
 *
 * @param rows how many of each kind that is concerned, by the names of {@link Kind}
 * @param more whether another step has something to do
 */
public record Removal(Map<String, Long> rows, boolean more) {
  /** Nothing, and nothing is left to do. */
  public static final Removal NOTHING = new Removal(Map.of(), false);

  /** Rows of what, as people are told. */
  public static final class Kind {
    public static final String SPANS = "spans";
    public static final String EXCEPTIONS = "exceptions";
    public static final String PAYLOAD_PARTS = "payload_parts";
    public static final String LIFECYCLE = "lifecycle";
    public static final String MEASUREMENTS = "measurements";
    public static final String THROW_COUNTS = "throw_counts";
    public static final String DECISIONS = "decisions";
    public static final String OUTCOMES = "outcomes";
    public static final String FEEDBACK = "feedback";
    public static final String REMEDY_ATTEMPTS = "remedy_attempts";
    public static final String KNOWLEDGE = "knowledge";

    /** Sums of requests that had gone before. */
    public static final String REQUEST_ROLLUPS = "request_rollups";

    /** Counts of exceptions that had gone before, by group and service. */
    public static final String EXCEPTION_ROLLUPS = "exception_rollups";

    /** Not rows that went but names of people in rows that stay. */
    public static final String AUTHORS = "authors";

    private Kind() {}
  }

  /** Leaves out what there is nothing of. */
  public Removal {
    Map<String, Long> some = new TreeMap<>(rows);
    some.values().removeIf(count -> count == 0);
    rows = some;
  }

  /** Both; whether there is more, the later one says. */
  public Removal then(Removal later) {
    Map<String, Long> sum = new TreeMap<>(rows);
    later.rows.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    return new Removal(sum, later.more);
  }

  /**
   * The failure of what was to follow, which says what had gone until then and that asking again
   * goes on.
   */
  public StoreException butThen(StoreException failure) {
    if (count() == 0) {
      return failure;
    }
    String gone =
        rows.entrySet().stream()
            .map(it -> it.getValue() + " " + it.getKey().replace('_', ' '))
            .collect(Collectors.joining(", "));
    return new StoreException(
        failure.kind(),
        "took out "
            + gone
            + ", and could not go on: "
            + failure.getMessage()
            + ". Run the same again for the rest",
        failure);
  }

  /** Of all kinds. */
  public long count() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
