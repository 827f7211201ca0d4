package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.CallingApp;
import com.acme.HttpServerApp;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.ConnectionTrap;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The service works as if the agent were not there, whatever surrounds it. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class AdverseSurroundingsIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void homeBelowAFile_costsOneLine_andTheServiceWorks() throws IOException {
    Path file = Files.createFile(rig.folder().resolve("file"));

    assertServesWithoutHome(file.resolve("home"));
  }

  /** Not even a superuser makes folders in /proc. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void homeOnAReadOnlyFileSystem_costsOneLine_andTheServiceWorks() {
    assertServesWithoutHome(Path.of("/proc/engram"));
  }

  @Test
  void absentTemporaryFolder_changesNothing() {
    Child service =
        rig.java("service", jdk)
            .agent()
            .options("-Djava.io.tmpdir=" + rig.folder().resolve("absent"))
            .application(HttpServerApp.class)
            .start();
    Answer answer = Traffic.toApplication(service).get("/hello");
    service.stop();

    rig.memory(jdk).drain().requests().assertRemembered(answer);
  }

  @Test
  void agentAndCollector_tryNoConnection_andWhatTheyWriteIsInTheHomeAndItsOwnersAlone()
      throws IOException {
    try (ConnectionTrap trap = new ConnectionTrap()) {
      rig.java("collector", jdk).openToAll().options(trap.options()).commandLine("collect").start();
      Child service =
          rig.java("service", jdk)
              .agent()
              .openToAll()
              .options(trap.options())
              .application(HttpServerApp.class)
              .start();
      Load load = Load.start(Traffic.toApplication(service), 2, "/hello");
      load.awaitMore(200).close();
      Requests requests = rig.memory(jdk).awaitRequests(load.answered().size()).requests();

      assertThat(requests.count()).isEqualTo(load.answered().size());
      assertThat(trap.caught()).isZero();
      assertThat(HomeFiles.openToOthers(rig.home())).isEmpty();
      assertThat(rig.temporaryFolder()).isEmptyDirectory();
    }
  }

  @Test
  void connectionTrap_seesAConnectionWhereThereIsOne() throws IOException {
    try (ConnectionTrap trap = new ConnectionTrap()) {
      Child calling =
          rig.java("calling", jdk)
              .options(trap.options())
              .application(CallingApp.class)
              .arguments("http://127.0.0.1:9/")
              .start();
      calling.awaitExit();

      assertThat(calling.out()).containsExactly("refused");
      assertThat(trap.caught()).isPositive();
    }
  }

  @Test
  void jars_holdNothingThatReportsToOthers() throws IOException {
    for (Path jar : List.of(Artifacts.agent(), Artifacts.cli())) {
      try (InputStream stream = Files.newInputStream(jar)) {
        assertThat(entries(stream))
            .isNotEmpty()
            .noneMatch(name -> name.contains("chronicle/analytics"));
      }
    }
  }

  private void assertServesWithoutHome(Path home) {
    rig.expectVoice(home.toString());
    Child service =
        rig.java("service", jdk)
            .agent()
            .environment("ENGRAM_HOME", home.toString())
            .application(HttpServerApp.class)
            .start();
    Load load = Load.start(Traffic.toApplication(service), 4, "/hello");
    load.awaitMore(200).close();
    service.stop();

    assertThat(load.answered()).allMatch(answer -> answer.status() == 200);
    assertThat(service.voice()).singleElement().asString().doesNotContain("Exception");
    assertThat(Files.exists(home)).isFalse();
  }

  /** The names in a jar, and in the jars inside it. */
  private static List<String> entries(InputStream jar) throws IOException {
    List<String> names = new ArrayList<>();
    ZipInputStream zip = new ZipInputStream(jar);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      names.add(entry.getName());
      if (entry.getName().endsWith(".jar")) {
        names.addAll(entries(zip));
      }
    }
    return names;
  }
}
