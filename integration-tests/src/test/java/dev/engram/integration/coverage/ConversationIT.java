package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.coverage.Conversation.Request;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A conversation of good and bad requests gives the same answers with the agent as without it, byte
 * for byte, and what a handler saw is remembered with the status that the client saw.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class ConversationIT {
  /** The last status line; one of 1xx only announces it. */
  private static final Pattern STATUS =
      Pattern.compile("\\A(?:HTTP/1\\.1 1(?:[^\r]+\r\n)+\r\n)?HTTP/\\d\\.\\d (\\d{3})");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  ServerFixture server;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Servers.talkingOnes();
  }

  @Test
  void answers_areTheSameWithTheAgent_byteForByte() throws IOException {
    Child bare = server.fixture().startBare(rig, jdk);
    Child remembered = server.fixture().start(rig, jdk);
    Map<Request, String> answers = new LinkedHashMap<>();
    for (Request request : Conversation.requests()) {
      String answer = answer(remembered, request);
      assertThat(answer).as("answer to %s", request).isEqualTo(answer(bare, request));
      answers.put(request, answer);
    }
    bare.stop();
    remembered.stop();

    Requests requests = rig.memory(jdk).drain().requests();
    answers.forEach((request, answer) -> assertRemembered(requests, request, answer));
  }

  private void assertRemembered(Requests requests, Request request, String answer) {
    List<JsonNode> spans = requests.withQuery(request.query());
    int status = status(answer);
    if (mustBeAnswered(request)) {
      assertThat(answer).as("answer to %s", request).isNotEmpty();
    }
    boolean handled = mustBeAnswered(request) && status != 404;
    assertThat(spans).as("spans of %s", request).hasSizeBetween(handled ? 1 : 0, 1);
    if (answer.isEmpty() || isAnsweredAfterItsServlets(request)) {
      // What the server meant to say before it closed the connection is its own affair.
      return;
    }
    for (JsonNode span : spans) {
      assertThat(span.path("attributes").path("http.response.status_code").asInt())
          .as("status remembered of %s, answered with %s", span, answer)
          .isEqualTo(status);
    }
  }

  /** Helidon hangs up on who speaks HTTP/1.0. */
  private boolean mustBeAnswered(Request request) {
    return request.valid() && !(Servers.isHelidon(server) && request.query().equals("old"));
  }

  /**
   * Jetty 12.0, and Jetty 12.1 with servlets of javax, notices a header too large for its answer
   * when the servlets are done with the request, and sends a 500 in place of theirs.
   */
  private boolean isAnsweredAfterItsServlets(Request request) {
    String name = server.toString();
    return (name.startsWith("Jetty 12.0") || name.endsWith("ee8"))
        && request.query().equals("charset-huge");
  }

  /** An answer without a status line is of HTTP/0.9. */
  private static int status(String answer) {
    Matcher status = STATUS.matcher(answer);
    return status.find() ? Integer.parseInt(status.group(1)) : 200;
  }

  /** All of it, but for what a clock says, and WebFlux's numbers of requests. */
  private String answer(Child service, Request request) throws IOException {
    Matcher port = service.awaitLine(Pattern.compile("^listening on (\\d+)"));
    return request
        .sendTo(Integer.parseInt(port.group(1)), Servers.isHelidon(server))
        .replaceAll("(?mi)^Date: .*$", "Date:")
        .replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"\"")
        .replaceAll("(?is)content-length: \\d+(.*\"requestId\")", "content-length:$1")
        .replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"\"");
  }
}
