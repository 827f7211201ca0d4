package dev.engram.agent.core.home;

import dev.engram.agent.core.program.DeployIdentity;
import dev.engram.agent.core.program.LaunchedProgram;
import dev.engram.agent.record.RecordFormat;
import dev.engram.agent.record.control.JsonText;
import dev.engram.agent.record.ring.HostIdentity;
import dev.engram.agent.record.ring.RingLayout;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What {@code instance.json} says about this JVM.
 *
 * @param service the service's name as configured, whatever characters it has
 * @param version the service's as configured; empty takes it from what was built
 * @param label names the run that it is part of; empty for none
 * @param started when its first record was offered
 * @param appPackages the application's; empty leaves it to readers to tell its frames
 */
record InstanceDescription(
    UUID instance,
    String service,
    String version,
    String label,
    Instant started,
    List<String> appPackages) {
  private static final long NANOS = 1_000_000_000L;

  /** One JSON object, its fields in the order of the documentation. */
  String toJson() {
    LaunchedProgram program = LaunchedProgram.of(System.getProperties());
    DeployIdentity deployed = DeployIdentity.of(program, System.getProperty("java.class.path", ""));
    HostIdentity host = HostIdentity.current();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("instance_id", instance.toString());
    fields.put("service", service);
    fields.put("service_version", version.isEmpty() ? deployed.version() : version);
    fields.put("label", label);
    fields.put("service_revision", deployed.revision());
    fields.put("pid", ProcessHandle.current().pid());
    fields.put("pid_namespace", host.pidNamespace());
    fields.put("host", host.host());
    fields.put("boot_id", host.bootId());
    fields.put("started", started.toString());
    fields.put("started_epoch_nanos", started.getEpochSecond() * NANOS + started.getNano());
    fields.put("agent_version", AgentVersion.text());
    fields.put("record_format", RecordFormat.VERSION);
    fields.put("java_version", System.getProperty("java.version", ""));
    fields.put("java_vendor", System.getProperty("java.vendor", ""));
    fields.put("main", program.isJar() ? program.simpleName() : program.main());
    fields.put("app_packages", appPackages);
    fields.put("ring_layout", RingLayout.VERSION);
    return JsonText.object(fields);
  }
}
