package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.UserSummary;
import java.io.IOException;
import java.util.List;

/** Users as table rows and as JSON. */
public final class UserView {
  private UserView() {}

  public static void table(List<UserSummary> users, Terminal terminal, long nowEpochNanos) {
    Table table =
        new Table()
            .column("USER", Layout.LEFT)
            .column("REQUESTS", Layout.RIGHT)
            .column("ERRORS (95% BETWEEN)", Layout.RIGHT)
            .column("P95", Layout.RIGHT)
            .column("LAST", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("ROUTES", Layout.FLEXIBLE);
    users.forEach(user -> row(table, user, terminal.style(), nowEpochNanos));
    table.print(terminal);
  }

  private static void row(Table table, UserSummary it, Style style, long nowEpochNanos) {
    table.row(
        Cell.of(it.user(), style::cyan),
        Cell.of(Units.count(it.requests().count())),
        RequestCells.errorRate(it.requests(), style),
        Cell.of(Units.duration(it.requests().p95Nanos())),
        Cell.of(Units.ago(it.requests().lastEpochNanos(), nowEpochNanos)),
        Cell.of(String.join(",", it.services())),
        Cell.of(String.join(", ", it.routes())));
  }

  public static String json(UserSummary user) {
    return JsonLines.line(json -> members(json, user));
  }

  private static void members(JsonGenerator json, UserSummary it) throws IOException {
    json.writeStringField("user", it.user());
    JsonLines.strings(json, "services", it.services());
    RequestCells.members(json, it.requests());
    json.writeStringField("last_seen", Units.rfc3339(it.requests().lastEpochNanos()));
    JsonLines.strings(json, "routes", it.routes());
  }
}
