package dev.engram.collector.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<String> posted = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client = HttpClient.newHttpClient();
  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    server = ApiServer.start(0, Map.of("/take", this::take, "/break", this::fail), lines::add);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void postOfWhoHasTheToken_isTaken() throws Exception {
    HttpResponse<String> answer = post("/take", "{\"text\":\"caf\u00e9\",\"number\":1.5}");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(JSON.readTree(answer.body()).path("accepted").asBoolean()).isTrue();
    assertThat(posted).containsExactly("caf\u00e9 1.5");
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(it -> assertThat(it).contains("default-src 'none'"));
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer x", "Basic TOKEN", "TOKEN", "Bearer TOKENx"})
  void whoLacksTheToken_isTurnedAway(String authorization) throws Exception {
    HttpRequest.Builder request = request("/take", "{\"text\":\"a\"}");
    String given = authorization.replace("TOKEN", server.token());
    HttpResponse<String> answer =
        send(given.isEmpty() ? request : request.header("Authorization", given));

    assertRefused(answer, 401, "collector.json");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(answer.body()).doesNotContain(server.token());
    assertThat(posted).isEmpty();
  }

  @Test
  void tokens_areNewWithEachStart_andNotGuessed() throws IOException {
    try (ApiServer other = ApiServer.start(0, Map.of(), lines::add)) {
      assertThat(other.token()).hasSize(43).isNotEqualTo(server.token());
    }
  }

  /** As a page sends it whose own name was made to lead to this machine. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example:PORT",
        "Host: evil.example",
        "Host: 127.0.0.1.evil.example:PORT",
        "Host: localhost",
        "Host: localhost:1",
        "Host: 0.0.0.0:PORT",
        "Host:",
        "X-None: y",
        "Host: localhost:PORT\r\nHost: evil.example"
      })
  void requestThatNamesAnotherHost_isTurnedAway(String host) throws IOException {
    assertThat(raw(server, host)).startsWith("HTTP/1.1 403 ");
    assertThat(posted).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: localhost:PORT", "Host: 127.0.0.1:PORT", "host: LOCALHOST:PORT"})
  void requestThatNamesThisMachine_isTaken(String host) throws IOException {
    assertThat(raw(server, host)).startsWith("HTTP/1.1 202 ");
  }

  @Test
  void bodyThatIsTooLarge_isNotRead_whetherItSaysSoOrNot() throws Exception {
    String large = "{\"text\":\"" + "a".repeat(ApiServer.LONGEST_BODY) + "\"}";

    assertRefused(post("/take", large), 413, "32768 bytes");
    byte[] bytes = large.getBytes(StandardCharsets.UTF_8);
    assertRefused(
        send(
            authorized("/take")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))),
        413,
        "32768 bytes");
    assertThat(posted).isEmpty();
    assertThat(post("/take", "{\"text\":\"a\"}").statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "[]",
        "null",
        "\"text\"",
        "{\"text\":\"a\"} x",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":1}",
        "{\"text\":\"\"}",
        "{\"text\":\"aaaaaaaaaaa\"}",
        "{\"text\":[\"a\"]}",
        "{\"number\":1}",
        "{\"text\":\"a\",\"number\":\"1\"}",
        "{\"text\":\"a\",\"number\":1e999}",
        "{\"text\":\"a\",\"number\":NaN}",
        "{\"text\":\"a\",\"<script>\":1}"
      })
  void malformedBody_isRefusedInOneLine(String body) throws Exception {
    HttpResponse<String> answer = post("/take", body);

    assertRefused(answer, 400, "");
    assertThat(answer.body()).doesNotContain("script", "Exception", "jackson", "\tat ");
    assertThat(posted).isEmpty();
    assertThat(lines).isEmpty();
  }

  @Test
  void deepBody_andBytesThatAreNoText_areRefused() throws Exception {
    String deep = "[".repeat(8_000);
    assertRefused(post("/take", "{\"text\":" + deep), 400, "no JSON");

    byte[] noText = {'{', '"', 't', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'};
    HttpRequest.Builder request = authorized("/take").POST(BodyPublishers.ofByteArray(noText));
    assertRefused(send(request), 400, "no JSON");
  }

  @Test
  void otherPathsMethodsAndTypes_areRefused() throws Exception {
    assertRefused(post("/none", "{}"), 404, "/take");
    assertRefused(post("/take/more", "{}"), 404, "/take");
    assertRefused(send(authorized("/take").GET()), 405, "POST");
    assertRefused(
        send(
            HttpRequest.newBuilder(URI.create(server.url() + "/take"))
                .header("Authorization", "Bearer " + server.token())
                .POST(BodyPublishers.ofString("{\"text\":\"a\"}"))),
        415,
        "application/json");
    assertThat(send(authorized("/take").method("HEAD", BodyPublishers.noBody())).statusCode())
        .isEqualTo(405);
  }

  @Test
  void failure_isSaidToThePerson_notToTheCaller() throws Exception {
    HttpResponse<String> answer = post("/break", "{}");

    assertRefused(answer, 500, "it failed");
    assertThat(answer.body()).doesNotContain("inner matter");
    assertThat(lines).singleElement().asString().contains("/break", "inner matter");
    assertThat(post("/take", "{\"text\":\"a\"}").statusCode()).isEqualTo(202);
  }

  @Test
  void close_leavesNoThreadAndNoSocket() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    ApiServer other = ApiServer.start(0, Map.of("/take", this::take), lines::add);
    int port = URI.create(other.url()).getPort();
    try (Socket idle = connect(other)) {
      // One that is being accepted while the JDK's server stops may stay open.
      ask(idle, other, "Host: localhost:PORT");
      assertThat(idle.getInputStream().read()).isEqualTo('H');
      other.close();

      assertThat(idle.getInputStream().readAllBytes()).as("the rest, and its end").isNotEmpty();
    }
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(it -> !before.contains(it))
                    .extracting(Thread::getName)
                    .allMatch(it -> it.startsWith("awaitility")));
  }

  @Test
  void portThatIsTaken_isNotShared() {
    int port = URI.create(server.url()).getPort();

    assertThatThrownBy(() -> ApiServer.start(port, Map.of(), lines::add))
        .isInstanceOf(BindException.class);
  }

  private Answer take(Members body) throws RefusedException {
    body.only(Set.of("text", "number"));
    posted.add(body.requiredText("text", 10) + " " + body.number("number"));
    return Answer.accepted();
  }

  private Answer fail(Members body) {
    throw new IllegalStateException("inner matter");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(authorized(path).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder authorized(String path) {
    return request(path, "").header("Authorization", "Bearer " + server.token());
  }

  private HttpRequest.Builder request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String why)
      throws IOException {
    assertThat(answer.statusCode()).isEqualTo(status);
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.path("error").asText()).isNotEmpty().contains(why).doesNotContain("\n");
  }

  /** What comes back for a request whose header lines are these. */
  private static String raw(ApiServer server, String header) throws IOException {
    try (Socket socket = connect(server)) {
      ask(socket, server, header + "\r\nConnection: close");
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static Socket connect(ApiServer server) throws IOException {
    int port = URI.create(server.url()).getPort();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void ask(Socket socket, ApiServer server, String header) throws IOException {
    String body = "{\"text\":\"a\"}";
    String request =
        "POST /take HTTP/1.1\r\n"
            + header.replace("PORT", Integer.toString(socket.getPort()))
            + "\r\nAuthorization: Bearer "
            + server.token()
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }
}
