package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who a request is made for is known where somebody has asked, and nobody is asked in our name. */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class UsersIT {
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("alice:secret".getBytes());

  @RegisterExtension final Rig rig = new Rig();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();

  @Parameter(0)
  Fixture server;

  @Parameter(1)
  Jdk jdk;

  private String url = "";

  static Stream<Arguments> matrix() {
    return Matrix.of(
        List.of(
            springSecurity("3.5.9"),
            springSecurity("4.1.2"),
            olderJetty("10.0.26", "asking-javax"),
            olderJetty("11.0.26", "asking-jakarta"),
            jetty("12.0.16"),
            jetty("12.1.14")),
        fixture -> fixture);
  }

  private static Fixture springSecurity(String version) {
    return Fixture.of(
            "Spring Security (Boot)",
            version,
            "spring-security",
            "org.springframework.boot:spring-boot-starter-web:" + version,
            "org.springframework.boot:spring-boot-starter-security:" + version)
        .release(17);
  }

  private static Fixture olderJetty(String version, String servlet) {
    return Fixture.of(
            "Jetty security",
            version,
            "jetty-security-10",
            "org.eclipse.jetty:jetty-servlet:" + version,
            "org.slf4j:slf4j-nop:2.0.17")
        .with(servlet);
  }

  private static Fixture jetty(String version) {
    return Fixture.of(
            "Jetty security",
            version,
            "jetty-security",
            "org.eclipse.jetty.ee10:jetty-ee10-servlet:" + version,
            "org.slf4j:slf4j-nop:2.0.17")
        .with("asking-jakarta");
  }

  @Test
  void user_isKnownOnceSomebodyHasAsked() throws Exception {
    Child service = server.start(rig, jdk);
    String port = service.awaitLine(Pattern.compile("^listening on (\\d+)")).group(1);
    url = "http://127.0.0.1:" + port;
    boolean spring = server.framework().startsWith("Spring");
    String nobody = get("/open", null, 200);
    String open = get("/open", BASIC, 200);
    String basic = get("/private", BASIC, 200);
    String asked = spring ? login() : get("/asking", BASIC, 200);
    String later = get("/private", spring ? null : BASIC, 200);
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    String alice = user(memory, basic);
    assertThat(alice).matches("[0-9a-f]{16}");
    assertThat(user(memory, nobody)).isEmpty();
    assertThat(user(memory, open)).as("told, or unasked").isEqualTo(spring ? alice : "");
    assertThat(user(memory, asked)).isEqualTo(alice);
    assertThat(user(memory, later)).isEqualTo(alice);
    Coverage.ran("Users of requests", server, jdk, 5, 5);
  }

  private String get(String path, String authorization, int status) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(request, status);
  }

  /** Begins a session, whose cookie the client keeps. */
  private String login() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("username=alice&password=secret"));
    return send(request, 302);
  }

  /** The id of the trace that it is the first request of. */
  private String send(HttpRequest.Builder request, int status)
      throws IOException, InterruptedException {
    String traceId = Traffic.newTraceId();
    request.header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01");
    assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(status);
    return traceId;
  }

  private static String user(Memory memory, String traceId) {
    List<JsonNode> spans = memory.trace(traceId).spans("http");
    assertThat(spans).hasSize(1);
    return spans.get(0).path("attributes").path("user.id").asText();
  }
}
