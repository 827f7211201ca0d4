package dev.engram.cli.render;

import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.ai.Tokens;
import dev.engram.collector.query.PricedCall;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.SpanRow;
import java.time.ZoneId;
import java.util.List;

/** Calls of models as table rows and as JSON. */
public final class AiCallView {
  private AiCallView() {}

  public static void table(List<PricedCall> calls, Terminal terminal, ZoneId zone) {
    Table table =
        new Table()
            .column("START", Layout.LEFT)
            .column("DURATION", Layout.RIGHT)
            .column("FIRST", Layout.RIGHT)
            .column("STATUS", Layout.LEFT)
            .column("COST", Layout.RIGHT)
            .column("INPUT", Layout.RIGHT)
            .column("OUTPUT", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("ID", Layout.LEFT)
            .column("CALL", Layout.FLEXIBLE);
    calls.forEach(call -> row(table, call, terminal.style(), zone));
    table.print(terminal);
  }

  private static void row(Table table, PricedCall call, Style style, ZoneId zone) {
    SpanRow row = call.span().row();
    Tokens tokens = call.numbers().tokens();
    table.row(
        Cell.of(Units.time(row.startEpochNanos(), zone)),
        Cell.of(Units.duration(row.durationNanos())),
        Cell.of(Units.duration(call.numbers().firstChunkNanos())),
        Cell.of(status(call), text -> style.status(row.status(), text)),
        Cell.of(Units.dollars(call.costUsd())),
        Cell.of(tokens == null ? "-" : Units.count(tokens.input())),
        Cell.of(tokens == null ? "-" : Units.count(tokens.output())),
        Cell.of(call.span().service()),
        Cell.of(SpanIds.hex(row.spanId()), style::dim),
        Cell.of(row.name()));
  }

  /** A stream that nobody read to its end is no error, but news. */
  static String status(PricedCall call) {
    String status = call.span().row().status();
    boolean fine = status.equals("unset") || status.equals("ok");
    if (fine && call.numbers().incomplete()) {
      return "incomplete";
    }
    return status.equals("unset") ? "-" : status;
  }

  public static String json(PricedCall call) {
    return JsonLines.line(
        json -> {
          SpanView.members(json, call.span());
          JsonLines.number(json, "cost_usd", call.costUsd());
        });
  }
}
