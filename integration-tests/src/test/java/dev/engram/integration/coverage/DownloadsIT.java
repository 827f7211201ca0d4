package dev.engram.integration.coverage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client that leaves in the middle of its answer is one request like others of every servlet
 * container, and no failure of the service: it was answered with the status that was sent.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class DownloadsIT {
  private static final Pattern LISTENING = Pattern.compile("^listening on (\\d+)");
  private static final List<String> TYPES = List.of("application/json", "application/octet-stream");
  private static final int EACH = 20;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  ServerFixture server;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Servers.containers();
  }

  @Test
  void downloadThatTheClientLeaves_isOneRequestThatDidNotFail() throws IOException {
    Child service = server.fixture().start(rig, jdk, "-Xmx80m");
    int port = Integer.parseInt(service.awaitLine(LISTENING).group(1));
    for (int i = 0; i < EACH; i++) {
      for (String type : TYPES) {
        leave(port, type);
      }
    }
    service.awaitLines("left", EACH * TYPES.size());
    Answer after = Traffic.toApplication(service).get("/hello");
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    TYPES.forEach(type -> assertRemembered(requests.withQuery(type)));
    requests.assertRemembered(after);
    assertThat(requests.count()).isEqualTo(EACH * TYPES.size() + 1);
    if (!isSpring()) {
      // There Tomcat logs that it has lost its way, and what is logged is remembered.
      assertThat(memory.errors()).isEmpty();
    }
    memory.assertSettled();
  }

  private static void leave(int port, String type) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String head = "GET /download?" + type + " HTTP/1.1\r\nHost: a\r\nAccept: " + type;
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes(US_ASCII));
      assertThat(socket.getInputStream().readNBytes(10_000)).hasSize(10_000);
    }
  }

  private void assertRemembered(List<JsonNode> spans) {
    assertThat(spans).hasSize(EACH);
    for (JsonNode span : spans) {
      JsonNode attributes = span.path("attributes");
      assertThat(span.path("status").asText()).as("%s", span).isEqualTo("unset");
      // Tomcat may not tell what it has sent of an asynchronous one.
      assertThat(attributes.path("http.response.status_code").asInt(isSpring() ? 200 : 0))
          .isEqualTo(200);
      assertThat(attributes.path("engram.http.aborted").asBoolean()).as("%s", span).isTrue();
    }
  }

  private boolean isSpring() {
    return server.toString().startsWith("Spring");
  }
}
