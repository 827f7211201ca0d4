package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A distribution as it is downloaded: only its port is set, in a CATALINA_BASE of the test. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class TomcatIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void everyRequestToTheExamples_isRememberedOnce_withStatusAndException() throws IOException {
    int port = freePort();
    Child tomcat = start(port);
    Traffic traffic = new Traffic(port);
    List<Answer> answers =
        Stream.of(
                "/",
                "/examples/index.html",
                "/examples/servlets/servlet/HelloWorldExample",
                "/examples/servlets/servlet/RequestInfoExample/more/path",
                "/examples/servletToJsp",
                "/examples/jsp/jsp2/el/basic-arithmetic.jsp",
                "/examples/jsp/include/include.jsp",
                "/examples/jsp/forward/forward.jsp",
                "/examples/async/async0",
                "/examples/async/async1",
                "/examples/async/async2",
                "/examples/async/async3",
                "/examples/servlets/nonblocking/numberwriter",
                "/examples/jsp/error/err.jsp?name=audi",
                "/examples/no-such-page.jsp",
                "/no-such-page",
                "/manager/html")
            .map(traffic::get)
            .toList();
    tomcat.stop();

    assertThat(answers)
        .extracting(Answer::status)
        .containsExactly(
            200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 500, 404, 404, 401);
    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    assertThat(answers).allSatisfy(requests::assertRemembered);
    assertThat(requests.count()).isEqualTo(answers.size());
    assertExceptionBehindItsErrorPage(memory, answers.get(13));
  }

  private static void assertExceptionBehindItsErrorPage(Memory memory, Answer failed) {
    assertThat(memory.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.path("count").asLong()).isOne());
    assertThat(memory.trace(failed.traceId()).exceptions()).hasSize(1);
  }

  private Child start(int port) throws IOException {
    Path base = catalinaBase(port);
    Child tomcat =
        rig.program("tomcat", "/bin/sh")
            .arguments(Artifacts.tomcat().resolve("bin/catalina.sh").toString(), "run")
            .environment("JAVA_HOME", jdk.home().toString())
            .environment("JRE_HOME", jdk.home().toString())
            .environment("CATALINA_HOME", Artifacts.tomcat().toString())
            .environment("CATALINA_BASE", base.toString())
            .environment(
                "CATALINA_OPTS",
                "-javaagent:" + Artifacts.agent() + " -Duser.home=" + rig.userHome())
            .start();
    tomcat.awaitLine(Pattern.compile("Server startup in"));
    return tomcat;
  }

  /** What Tomcat's own makebase gives: the distribution's configuration, and empty folders. */
  private Path catalinaBase(int port) throws IOException {
    Path base = rig.folder().resolve("tomcat");
    for (String folder : List.of("conf", "logs", "temp", "work")) {
      Files.createDirectories(base.resolve(folder));
    }
    try (Stream<Path> files = Files.list(Artifacts.tomcat().resolve("conf"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, base.resolve("conf").resolve(file.getFileName()));
      }
    }
    Path server = base.resolve("conf/server.xml");
    Files.writeString(
        server,
        Files.readString(server)
            .replace("<Server port=\"8005\"", "<Server port=\"-1\"")
            .replace("<Connector port=\"8080\"", "<Connector port=\"" + port + "\"")
            .replace(
                "appBase=\"webapps\"",
                "appBase=\"" + Artifacts.tomcat().resolve("webapps") + "\""));
    return base;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
