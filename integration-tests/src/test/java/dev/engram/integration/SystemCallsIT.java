package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.CalculatingApp;
import com.acme.CallingApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.JavaCommand;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent, and the command line, ask of the system beside what the program asks anyway. */
@Tag("full")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class SystemCallsIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @BeforeEach
  void needsATracer() {
    assumeTrue(Tracer.works(), "strace is there and this user may trace (apt install strace)");
  }

  @Test
  void agent_opensNoSocket_asksNoNameServer_andWritesNothingBesideTheHome() throws IOException {
    Tracer plain = new Tracer(rig.folder().resolve("plain.trace"));
    Tracer observed = new Tracer(rig.folder().resolve("observed.trace"));
    Path end = rig.folder().resolve("end");
    Child service =
        calculatingUntil(end)
            .under(observed.command())
            .agent()
            .options("-Dengram.methods=com.acme.CalculatingApp#calculate")
            .options("-Dengram.readings.interval=1s")
            .start();
    await("a queue").atMost(Duration.ofSeconds(120)).until(() -> hasQueue(rig.home()));
    Files.createFile(end);
    awaitEnd(service);
    awaitEnd(calculatingUntil(end).under(plain.command()).start());

    assertThat(observed.network()).isEqualTo(plain.network());
    assertThat(observed.written(rig.home())).isEqualTo(plain.written(rig.home()));
  }

  @Test
  void tracer_seesASocketAndAFile_whereThereIsOne() {
    Tracer tracer = new Tracer(rig.folder().resolve("calling.trace"));
    Path log = rig.folder().resolve("some.log");
    awaitEnd(
        rig.java("calling", jdk)
            .under(tracer.command())
            .options("-Xlog:gc:file=" + log)
            .application(CallingApp.class)
            .arguments("http://127.0.0.1:9/")
            .start());

    assertThat(tracer.network()).anyMatch(call -> call.startsWith("connect("));
    assertThat(tracer.written(rig.home())).anyMatch(path -> path.endsWith("/some.log"));
  }

  private JavaCommand calculatingUntil(Path file) {
    return rig.java("calculating", jdk)
        .application(CalculatingApp.class)
        .arguments(file.toString());
  }

  private static boolean hasQueue(Path home) throws IOException {
    for (Path instance : HomeFiles.instances(home)) {
      if (!HomeFiles.queue(instance).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static void awaitEnd(Child child) {
    assertThat(child.awaitExit()).as(child::describe).isZero();
  }
}
