package dev.engram.collector.store.sqlite;

/** docs/schema.md, as the views make it. Pure. */
final class ViewsReference {
  private static final String HEAD =
      """
      # What can be asked in SQL

      `engram query "select ..."` answers a question in the SQL of SQLite: one `SELECT`, with `WITH` before it where that helps. It reads only.
      The views below are its tables. Their names and columns stay as they are from version to version; the tables behind them do not. A memory that is
      kept in PostgreSQL has no such views: whoever may read its schema `engram` asks there, with psql.

      - At most 1,000 rows are answered (`--limit`), and a question is stopped after 10 seconds (`--timeout`).
      - Spans have indexes on `start_ns`, errors, decisions, outcomes, feedback and metrics on `time_ns`: narrow by those, in nanoseconds. `unixepoch('now', '-1 hour') * 1000000000`
        is an hour ago.
      - Ids have no index: `where trace_id = '...'` reads all spans, so narrow it by time too, and each view that is joined (or ask `engram show`).
      - Text stands in single quotes. What stands in double quotes and is no column's name is taken for text as well, without a word.
      - Attributes have OpenTelemetry's names, which hold dots: `attributes ->> '$."http.route"'`.
      - Text that is no valid Unicode shows `?` in its place; `length()` ends at a NUL. What has not ended yet is not there: `engram requests --status in_progress` shows it.

      ```sh
      engram query "select route, count(*), avg(duration_ns) / 1e6 as ms from requests group by route order by ms desc limit 10"
      ```
      """;

  private ViewsReference() {}

  static String render() {
    StringBuilder page = new StringBuilder(HEAD);
    for (View view : Views.ALL) {
      page.append("\n## ").append(view.name()).append("\n\n");
      page.append(view.meaning()).append("\n\n");
      page.append("| column | type | meaning |\n|---|---|---|\n");
      for (View.Column column : view.columns()) {
        page.append("| `").append(column.name()).append("` | ");
        page.append(column.type()).append(" | ").append(column.meaning()).append(" |\n");
      }
    }
    return page.toString();
  }
}
