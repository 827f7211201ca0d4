package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.query.ServiceSummary;
import java.io.IOException;
import java.util.List;

/** Services as table rows and as JSON. */
public final class ServiceView {
  private ServiceView() {}

  public static void table(List<ServiceSummary> services, Terminal terminal, long nowEpochNanos) {
    Table table =
        new Table()
            .column("SERVICE", Layout.LEFT)
            .column("INSTANCES", Layout.RIGHT)
            .column("RUNNING", Layout.RIGHT)
            .column("FIRST", Layout.RIGHT)
            .column("LAST", Layout.RIGHT)
            .column("REQUESTS", Layout.RIGHT)
            .column("ERRORS (95% BETWEEN)", Layout.RIGHT)
            .column("P95", Layout.RIGHT)
            .column("VERSIONS", Layout.FLEXIBLE);
    services.forEach(service -> row(table, service, terminal.style(), nowEpochNanos));
    table.print(terminal);
  }

  private static void row(Table table, ServiceSummary it, Style style, long nowEpochNanos) {
    table.row(
        Cell.of(it.service(), style::cyan),
        Cell.of(Units.count(it.instances())),
        Cell.of(it.running() == 0 ? "" : Units.count(it.running()), style::green),
        Cell.of(Units.ago(it.firstSeenEpochNanos(), nowEpochNanos)),
        Cell.of(Units.ago(it.lastSeenEpochNanos(), nowEpochNanos)),
        Cell.of(Units.count(it.requests().count())),
        RequestCells.errorRate(it.requests(), style),
        Cell.of(Units.duration(it.requests().p95Nanos())),
        Cell.of(String.join(", ", it.versions())));
  }

  public static String json(ServiceSummary service) {
    return JsonLines.line(json -> members(json, service));
  }

  private static void members(JsonGenerator json, ServiceSummary it) throws IOException {
    json.writeStringField("service", it.service());
    json.writeNumberField("instances", it.instances());
    json.writeNumberField("running", it.running());
    JsonLines.strings(json, "versions", it.versions());
    json.writeStringField("first_seen", Units.rfc3339(it.firstSeenEpochNanos()));
    json.writeStringField("last_seen", Units.rfc3339(it.lastSeenEpochNanos()));
    RequestCells.members(json, it.requests());
  }
}
