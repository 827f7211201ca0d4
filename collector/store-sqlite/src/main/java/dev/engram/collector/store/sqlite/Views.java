package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** All views, in the order of docs/schema.md. */
final class Views {
  static final List<View> ALL =
      Stream.concat(SpanViews.all().stream(), RecordViews.all().stream()).toList();

  private Views() {}

  /** Makes them for this connection alone; nothing is written to the file. */
  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (View view : ALL) {
        statement.executeUpdate(view.create());
      }
    }
  }

  static List<String> names() {
    return ALL.stream().map(View::name).toList();
  }

  /** The columns of the views that this question seems to name, or else of all. */
  static List<String> columns(String select) {
    String lower = select.toLowerCase(Locale.ROOT);
    List<View> named = ALL.stream().filter(view -> lower.contains(view.name())).toList();
    return (named.isEmpty() ? ALL : named)
        .stream()
            .flatMap(view -> view.columns().stream())
            .map(View.Column::name)
            .distinct()
            .toList();
  }
}
