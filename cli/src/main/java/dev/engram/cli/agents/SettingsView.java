package dev.engram.cli.agents;

import dev.engram.cli.render.JsonLines;
import dev.engram.cli.render.Table;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.cli.render.Terminal;
import java.util.List;

/** Settings as table rows and as JSON. */
final class SettingsView {
  private SettingsView() {}

  static void table(List<Setting> settings, Terminal terminal) {
    Table table =
        new Table()
            .column("SETTING", Layout.LEFT)
            .column("VALUE", Layout.FLEXIBLE)
            .column("FROM", Layout.LEFT);
    for (Setting setting : settings) {
      table.row(
          Cell.of(setting.key()),
          Cell.of(setting.value()),
          Cell.of(
              setting.source(),
              setting.isDefault() ? terminal.style()::dim : terminal.style()::bold));
    }
    table.print(terminal);
  }

  static String json(Setting setting) {
    return JsonLines.line(
        json -> {
          json.writeStringField("key", setting.key());
          json.writeStringField("value", setting.value());
          json.writeStringField("source", setting.source());
        });
  }
}
