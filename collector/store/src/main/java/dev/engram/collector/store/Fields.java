package dev.engram.collector.store;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a {@link Condition} asks a row. */
public interface Fields {
  /** A String, Long, Double or Boolean; null where the row has no such field. */
  @Nullable Object value(String field);

  /** The ended requests (spans of kind {@code SERVER}) of the row's trace; they have none. */
  Stream<Fields> requests();
}
