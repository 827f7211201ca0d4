package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Disk;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A temporary folder that forbids execution, or writing; a home that forbids execution. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
@Tag("full")
class TemporaryFolderIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  /** Neither the agent nor SQLite's library needs it. */
  @Test
  void temporaryFolderThatForbidsAll_changesNothing() {
    Path temporary = rig.folder().resolve("tmp");
    Disk disk = rig.disk(temporary, "size=1m,noexec");
    disk.remount("ro,noexec");
    Child service =
        rig.java("service", jdk)
            .agent()
            .options(in(temporary))
            .application(HttpServerApp.class)
            .start();
    Answer answer = Traffic.toApplication(service).get("/hello");
    service.stop();
    Child collector =
        rig.java("collector", jdk).options(in(temporary)).commandLine("collect", "--once").start();
    assertThat(collector.awaitExit()).as(collector::describe).isZero();
    Child asked =
        rig.java("requests", jdk).options(in(temporary)).commandLine("requests", "--json").start();

    assertThat(asked.awaitExit()).as(asked::describe).isZero();
    assertThat(asked.out()).singleElement().asString().contains(answer.traceId());
  }

  @Test
  void homeAndTemporaryFolderThatForbidExecution_costOneLineThatSaysWhatToDo() {
    rig.disk(rig.home(), "size=128m,noexec");
    Path temporary = rig.folder().resolve("tmp");
    rig.disk(temporary, "size=16m,noexec");
    Child service = rig.java("service", jdk).agent().application(HttpServerApp.class).start();
    Answer answer = Traffic.toApplication(service).get("/hello");
    service.stop();
    Child refused =
        rig.java("collector", jdk).options(in(temporary)).commandLine("collect", "--once").start();

    assertThat(refused.awaitExit()).isOne();
    assertThat(refused.err())
        .singleElement()
        .asString()
        .contains("noexec")
        .contains("-Dorg.sqlite.tmpdir=");
    String elsewhere = "-Dorg.sqlite.tmpdir=" + rig.folder();
    Child helped =
        rig.java("collector", jdk).options(elsewhere).commandLine("collect", "--once").start();
    assertThat(helped.awaitExit()).as(helped::describe).isZero();
    Child asked =
        rig.java("requests", jdk).options(elsewhere).commandLine("requests", "--json").start();
    assertThat(asked.awaitExit()).as(asked::describe).isZero();
    assertThat(asked.out()).singleElement().asString().contains(answer.traceId());
    rig.expectNoBooks();
  }

  private static String in(Path temporary) {
    return "-Djava.io.tmpdir=" + temporary;
  }
}
