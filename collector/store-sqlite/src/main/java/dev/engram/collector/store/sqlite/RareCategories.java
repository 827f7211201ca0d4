package dev.engram.collector.store.sqlite;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The categories of spans that an index leads to: few spans among many others, and asked for by
 * category. To index all would cost every statement. They are those of {@link
 * dev.engram.collector.store.SearchIn#AI}. Pure.
 */
final class RareCategories {
  private static final Set<String> ALL = Set.of("ai", "tool", "workflow", "node");

  /** The column {@code rare} of a row that has a {@code category}. */
  static final String COLUMN =
      "CASE WHEN category IN (SELECT id FROM word"
          + " WHERE text IN ('ai', 'tool', 'workflow', 'node')) THEN 1 END";

  private RareCategories() {}

  static boolean contain(@Nullable String category) {
    return category != null && ALL.contains(category);
  }
}
