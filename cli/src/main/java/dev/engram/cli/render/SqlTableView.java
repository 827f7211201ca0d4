package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.store.SqlTable;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers to questions in SQL, as a table and as JSON. */
public final class SqlTableView {
  private SqlTableView() {}

  public static void print(SqlTable answer, Terminal terminal) {
    Table table = new Table();
    for (int i = 0; i < answer.columns().size(); i++) {
      table.column(SafeText.of(answer.columns().get(i)), layout(answer, i));
    }
    for (List<Object> row : answer.rows()) {
      table.row(row.stream().map(value -> Cell.of(text(value))).toArray(Cell[]::new));
    }
    table.print(terminal);
  }

  private static Layout layout(SqlTable answer, int column) {
    boolean numbers =
        answer.rows().stream()
            .allMatch(row -> row.get(column) == null || row.get(column) instanceof Number);
    return numbers ? Layout.RIGHT : Layout.FLEXIBLE;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
  }

  /** A row as an object; bytes are hex digits. */
  public static String json(List<String> columns, List<Object> row) {
    return JsonLines.line(json -> members(json, columns, row));
  }

  private static void members(JsonGenerator json, List<String> columns, List<Object> row)
      throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      json.writeFieldName(columns.get(i));
      Object value = row.get(i);
      if (value == null) {
        json.writeNull();
      } else {
        JsonLines.value(json, value instanceof byte[] ? text(value) : value);
      }
    }
  }
}
