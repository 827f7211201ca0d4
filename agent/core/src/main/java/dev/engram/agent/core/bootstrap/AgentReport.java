package dev.engram.agent.core.bootstrap;

import dev.engram.agent.core.config.SettingInForce;
import dev.engram.agent.core.control.Switchboard;
import dev.engram.agent.core.instrument.Installer;
import dev.engram.agent.core.instrument.ModuleReport;
import dev.engram.agent.record.control.JsonText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the agent says of itself for {@code engram doctor}: the settings in force and where each was
 * said, and what became of each instrumentation. Pure.
 *
 * @param attached whether the agent came while the service ran
 * @param problems what was wrong with the settings at the start
 */
record AgentReport(boolean attached, List<String> problems) {
  /** One JSON object. */
  String json(LiveSettings settings) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("written", Instant.now().toString());
    report.put("attached", attached);
    report.put("settings", settings.inForce().inForce().stream().map(AgentReport::of).toList());
    report.put("setting_problems", problems);
    report.put("switches", of(settings.switches()));
    Installer installer = settings.installer();
    if (installer != null) {
      report.put("instrumentations", installer.reports().stream().map(AgentReport::of).toList());
      report.put("not_instrumented", installer.notInstrumented());
      report.put("left_alone", installer.leftAlone());
    }
    return JsonText.object(report);
  }

  private static Map<String, Object> of(SettingInForce setting) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("key", setting.setting().key());
    fields.put("value", setting.text());
    fields.put("source", setting.source());
    return fields;
  }

  private static Map<String, Object> of(Switchboard.Status status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("serial", status.inForce().serial());
    if (status.inForce().expires() != null) {
      fields.put("expires", status.inForce().expires().toString());
    }
    fields.put("problem", status.problem());
    return fields;
  }

  private static Map<String, Object> of(ModuleReport module) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", module.name());
    fields.put("state", module.state());
    fields.put("classes", module.classes());
    fields.put("names", module.names());
    fields.put("call_sites", module.callSites());
    fields.put("notes", module.notes());
    fields.put("problems", module.problems());
    return fields;
  }
}
