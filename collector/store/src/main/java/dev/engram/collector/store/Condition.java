package dev.engram.collector.store;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a row must meet beside its time and service. Immutable; a tree that is at most {@link
 * #DEEPEST} high where people typed it. The fields of a row are those that {@link RowFields} lists,
 * and its attributes by their names.
 */
public sealed interface Condition {
  /** Every row meets it. */
  Condition ANY = new All(List.of());

  /** The height that no store refuses. */
  int DEEPEST = 40;

  boolean test(Fields row);

  /** Whether every row meets it because it asks for nothing. */
  default boolean isAny() {
    return this instanceof All all && all.conditions().isEmpty();
  }

  /** Both; one of them alone where the other is {@link #ANY}. */
  default Condition and(Condition other) {
    if (isAny()) {
      return other;
    }
    return other.isAny() ? this : new All(List.of(this, other));
  }

  /** A field that equals a text. */
  static Condition equal(String field, String text) {
    return new Comparison(field, Operator.EQUAL, text, null);
  }

  /** All of them; every row meets none. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean test(Fields row) {
      return conditions.stream().allMatch(condition -> condition.test(row));
    }
  }

  /** At least one of them. */
  record Some(List<Condition> conditions) implements Condition {
    public Some {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean test(Fields row) {
      return conditions.stream().anyMatch(condition -> condition.test(row));
    }
  }

  /** Not this one. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean test(Fields row) {
      return !condition.test(row);
    }
  }

  /** One and the same request of the row's trace meets it. */
  record OfRequest(Condition condition) implements Condition {
    @Override
    public boolean test(Fields row) {
      return row.requests().anyMatch(condition::test);
    }
  }

  /**
   * A field and a value. A row that lacks the field meets {@link Operator#NOT_EQUAL} alone.
   *
   * @param text the value as it was typed, for fields that are no numbers
   * @param number the value for fields that are: durations in nanoseconds, sizes in bytes; null
   *     where it is none
   */
  record Comparison(String field, Operator operator, String text, @Nullable Double number)
      implements Condition {
    @Override
    public boolean test(Fields row) {
      return test(row.value(field));
    }

    /** Whether this value of the field meets it; null and what is no number stand for no value. */
    public boolean test(@Nullable Object value) {
      if (operator == Operator.NOT_EQUAL) {
        return !new Comparison(field, Operator.EQUAL, text, number).test(value);
      }
      if (value == null || value instanceof Double real && real.isNaN()) {
        return false;
      }
      if (operator == Operator.CONTAINS) {
        return lower(value.toString()).contains(lower(text));
      }
      return value instanceof Number of
          ? number != null && operator.accepts(Double.compare(of.doubleValue() + 0.0, number + 0.0))
          : operator.accepts(value.toString().compareTo(text));
    }

    private static String lower(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  }
}
