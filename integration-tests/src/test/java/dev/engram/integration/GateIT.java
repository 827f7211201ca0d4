package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/guides/gate-a-pull-request.md, as build servers run them. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class GateIT {
  private static final String SCRIPT = "docs/examples/smoke-gate.sh";
  private static final String STEP = "        run: ";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void buildWithANewError_fails_andOneWithout_passes() throws IOException {
    rig.expectVoice("^engram: (?:remembered|HTTP on) ");
    assertThat(smokeTest("main").awaitExit()).isZero();
    Path baseline = rig.folder().resolve("engram-baseline.json");
    assertThat(baseline).content().contains("GET /products");

    Child fine = smokeTest("pr-1");
    assertThat(fine.awaitExit()).as(fine::describe).isZero();

    Child broken = smokeTest("pr-2", "--shop.unpackable=1");
    assertThat(broken.awaitExit()).as(broken::describe).isEqualTo(1);
    assertThat(broken.out())
        .anyMatch(line -> line.contains("UnpackableQuantityException"))
        .contains("gate: FAIL");
    assertThat(rig.folder().resolve("engram-gate.xml")).content().contains("failures=\"1\"");
    assertThat(rig.folder().resolve("engram-gate.md")).content().contains("**failed**");
  }

  /** The workflow's own step is what runs here. */
  @Test
  void workflow_runsThatScript() throws IOException {
    assertThat(Files.readAllLines(Artifacts.root().resolve("docs/examples/gate.yml")))
        .contains(STEP + SCRIPT + " \"pr-$GITHUB_RUN_ID\"");
  }

  private Child smokeTest(String label, String... options) throws IOException {
    return rig.program("smoke test " + label, Artifacts.root().resolve(SCRIPT).toString())
        .arguments(label)
        .arguments(options)
        .environment("ENGRAM_JAR", Artifacts.cli().toString())
        .environment("SAVE", label.equals("main") ? "1" : "")
        .environment("SHOP_JAR", Artifacts.shop().toString())
        .environment("PORT", String.valueOf(freePort()))
        .environment("PATH", Path.of(jdk.program("java")).getParent() + ":" + System.getenv("PATH"))
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
