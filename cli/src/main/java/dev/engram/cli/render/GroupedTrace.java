package dev.engram.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.similar.Families;
import dev.engram.collector.store.ThrownStack;
import java.util.List;

/**
 * A stack trace of a file, grouped.
 *
 * @param id as the file has it: a text or a number
 */
public record GroupedTrace(JsonNode id, long fingerprint, long family, ThrownStack stack) {
  public static void table(List<GroupedTrace> traces, Terminal terminal) {
    Table table =
        new Table()
            .column("ID", Layout.LEFT)
            .column("FINGERPRINT", Layout.LEFT)
            .column("FAMILY", Layout.LEFT)
            .column("ERROR", Layout.FLEXIBLE);
    for (GroupedTrace trace : traces) {
      table.row(
          Cell.of(trace.id.asText()),
          Cell.of(ErrorLabel.of(trace.fingerprint), terminal.style()::yellow),
          Cell.of(Families.label(trace.family)),
          Cell.of(ErrorGroupView.headline(trace.stack.type(), trace.stack.message())));
    }
    table.print(terminal);
  }

  public String json() {
    return JsonLines.line(
        json -> {
          json.writeFieldName("id");
          if (id.isTextual()) {
            json.writeString(id.textValue());
          } else {
            json.writeRawValue(id.toString());
          }
          json.writeStringField("fingerprint", ErrorLabel.of(fingerprint));
          json.writeStringField("family", Families.label(family));
        });
  }
}
