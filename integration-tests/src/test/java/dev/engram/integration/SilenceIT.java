package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HelloApp;
import com.acme.HttpServerApp;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever runs with the agent sees and prints what they would without it. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#all")
class SilenceIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void helloWorld_printsItsOwnLine_andAtMostOneOfOurs() {
    Child hello = rig.java("hello", jdk).agent().application(HelloApp.class).start();

    assertThat(hello.awaitExit()).isZero();
    assertThat(hello.out()).containsExactly("hello");
    assertThat(hello.err()).hasSizeLessThanOrEqualTo(1).isEqualTo(hello.voice());
  }

  @Test
  void classDataSharing_staysOn() throws IOException {
    long without = sharedClasses(false);
    long with = sharedClasses(true);

    assertThat(without).as("shared classes of the JVM alone").isPositive();
    assertThat(with).isGreaterThanOrEqualTo(without);
  }

  @Test
  void javaVersion_underToolOptions_isUndisturbed() {
    Child plain = rig.java("java -version", jdk).arguments("-version").start();
    Child observed =
        rig.java("java -version", jdk)
            .environment("JAVA_TOOL_OPTIONS", "-javaagent:" + Artifacts.agent())
            .arguments("-version")
            .start();

    assertThat(observed.awaitExit()).isEqualTo(plain.awaitExit()).isZero();
    assertThat(observed.out()).isEmpty();
    assertThat(withoutPickedUp(observed.err())).isEqualTo(plain.err());
    assertThat(rig.home()).doesNotExist();
  }

  @Test
  void javac_underToolOptions_compilesTheSame() throws IOException {
    Path source = Files.writeString(rig.folder().resolve("Some.java"), "class Some { int x; }");
    Path plain = compile(source, "plain", "");
    Path observed = compile(source, "observed", "-javaagent:" + Artifacts.agent());

    assertThat(observed).hasSameBinaryContentAs(plain);
  }

  @Test
  void secondAgentCopy_saysSo_andEveryRequestIsRememberedOnce() throws IOException {
    rig.expectVoice("already|second|twice");
    Path copy = Files.copy(Artifacts.agent(), rig.folder().resolve("copy-of-the-agent.jar"));
    Child service =
        rig.java("service", jdk)
            .agent()
            .options("-javaagent:" + copy)
            .application(HttpServerApp.class)
            .start();
    Traffic traffic = Traffic.toApplication(service);
    List<Answer> answers = List.of(traffic.get("/hello"), traffic.get("/gone"));
    service.stop();

    assertThat(service.voice()).filteredOn(line -> !line.contains("remembering")).hasSize(1);
    Requests requests = rig.memory(jdk).drain().requests();
    assertThat(answers).allSatisfy(requests::assertRemembered);
    assertThat(requests.count()).isEqualTo(answers.size());
  }

  private long sharedClasses(boolean withAgent) throws IOException {
    Path log = rig.folder().resolve("classes-" + withAgent + ".log");
    var command = rig.java("hello", jdk).options("-Xlog:class+load:file=" + log);
    (withAgent ? command.agent() : command).application(HelloApp.class).start().awaitExit();
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("source: shared objects file")).count();
    }
  }

  private Path compile(Path source, String folder, String toolOptions) {
    Path target = rig.folder().resolve(folder);
    Child javac =
        rig.program("javac", jdk.program("javac"))
            .environment("JAVA_TOOL_OPTIONS", toolOptions + " -Duser.home=" + rig.userHome())
            .arguments("-d", target.toString(), source.toString())
            .start();
    assertThat(javac.awaitExit()).as(javac::describe).isZero();
    assertThat(javac.out()).isEmpty();
    assertThat(withoutPickedUp(javac.err())).isEmpty();
    return target.resolve("Some.class");
  }

  /** The JVM itself says that it read the variable. */
  private static List<String> withoutPickedUp(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS")).toList();
  }
}
