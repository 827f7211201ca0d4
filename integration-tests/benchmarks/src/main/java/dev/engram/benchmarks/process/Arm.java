package dev.engram.benchmarks.process;

import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** What the measured service runs with. */
enum Arm {
  BARE("no agent"),
  ENGRAM("Engram"),
  ENGRAM_WITHOUT_BODIES("Engram without bodies"),
  OPENTELEMETRY("OpenTelemetry");

  private static final String AGENT = "agent/dist/target/engram-agent.jar";
  private static final String PEER =
      "integration-tests/benchmarks/target/peers/opentelemetry-javaagent.jar";

  private final String label;

  Arm(String label) {
    this.label = label;
  }

  /** As tables name it. */
  String label() {
    return label;
  }

  /** Whether its agent was built, or fetched. */
  boolean isThere(Path root) {
    return this != OPENTELEMETRY || Files.exists(root.resolve(PEER));
  }

  /** What the peer's jar says of itself. */
  static String peerVersion(Path root) throws IOException {
    try (JarFile peer = new JarFile(root.resolve(PEER).toFile())) {
      return peer.getManifest()
          .getMainAttributes()
          .getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    }
  }

  /** Options of the JVM. */
  List<String> options(Path root) {
    return switch (this) {
      case BARE -> List.of();
      case ENGRAM -> List.of("-javaagent:" + root.resolve(AGENT));
      case ENGRAM_WITHOUT_BODIES ->
          List.of("-javaagent:" + root.resolve(AGENT), "-Dengram.capture.body.limit=0");
      case OPENTELEMETRY ->
          List.of(
              "-javaagent:" + root.resolve(PEER),
              "-Dotel.traces.exporter=none",
              "-Dotel.metrics.exporter=none",
              "-Dotel.logs.exporter=none");
    };
  }

  /** Whether our agent is in it. */
  boolean isEngram() {
    return this == ENGRAM || this == ENGRAM_WITHOUT_BODIES;
  }

  /** Those that start in ways of their own. */
  static List<Arm> present(Plan plan) {
    return presentUnderLoad(plan).stream().filter(arm -> arm != ENGRAM_WITHOUT_BODIES).toList();
  }

  /** Those that can be run; a smoke run leaves out the peer, which is slow to start. */
  static List<Arm> presentUnderLoad(Plan plan) {
    return Stream.of(values())
        .filter(arm -> arm.isThere(plan.root()))
        .filter(arm -> !plan.quick() || arm != OPENTELEMETRY)
        .toList();
  }

  /** What they run on; a smoke run needs no second one. */
  static List<Jdk> jdks(Plan plan) {
    return plan.quick() ? plan.jdks().subList(0, 1) : plan.jdks();
  }

  static List<String> labels(List<Arm> arms) {
    return arms.stream().map(Arm::label).toList();
  }
}
