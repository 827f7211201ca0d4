package dev.engram.cli.agents;

import dev.engram.agent.record.control.JsonText;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.HostIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The folder of a service that runs: the test's own process. */
final class SampleAgent {
  static final String PID = Long.toString(ProcessHandle.current().pid());
  static final String PID_HEADING = " ".repeat(Math.max(0, PID.length() - 3)) + "PID";

  private SampleAgent() {}

  static Path in(Path home, String report) throws IOException {
    Path folder =
        Files.createDirectories(
            HomeLayout.instances(home).resolve("shop@11111111-2222-3333-4444-555555555555"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    HostIdentity here = HostIdentity.current();
    Map<String, Object> description =
        Map.of(
            "service",
            "shop",
            "pid",
            ProcessHandle.current().pid(),
            "started_epoch_nanos",
            System.currentTimeMillis() * 1_000_000,
            "host",
            here.host(),
            "boot_id",
            here.bootId(),
            "pid_namespace",
            here.pidNamespace(),
            "agent_version",
            "1.0",
            "java_version",
            "17.0.1");
    Files.writeString(folder.resolve(HomeLayout.INSTANCE_FILE), JsonText.object(description));
    Files.writeString(folder.resolve(HomeLayout.AGENT_FILE), report);
    return folder;
  }
}
