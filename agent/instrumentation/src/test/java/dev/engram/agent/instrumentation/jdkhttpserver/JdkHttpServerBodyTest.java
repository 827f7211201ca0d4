package dev.engram.agent.instrumentation.jdkhttpserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.engram.agent.instrumentation.Client;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Payload;
import dev.engram.agent.record.SpanRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdkHttpServerBodyTest {
  private static final String ORDER = "{\"item\":\"grüße\",\"password\":\"s3cr3t\"}";
  private static final String REMEMBERED = "{\"item\":\"grüße\",\"password\":\"[redacted]\"}";
  private static final long SIZE = ORDER.getBytes(UTF_8).length;

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private HttpServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.start();
    client = new Client(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void body_isRememberedAsItPasses() throws Exception {
    server.createContext("/", exchange -> echo(exchange, SIZE));

    assertThat(post("application/json")).isEqualTo(ORDER.getBytes(UTF_8));

    assertBodiesAreRemembered();
  }

  @Test
  void chunkedBody_isRememberedByteByByte() throws Exception {
    server.createContext("/", JdkHttpServerBodyTest::echoByteByByte);

    assertThat(post("application/json")).isEqualTo(ORDER.getBytes(UTF_8));

    assertBodiesAreRemembered();
  }

  @Test
  void bodyThatIsNoText_isKnownByItsSize() throws Exception {
    server.createContext("/", exchange -> echo(exchange, SIZE));

    assertThat(post("application/octet-stream")).isEqualTo(ORDER.getBytes(UTF_8));

    assertThat(run.onlySpan().payloads()).isEmpty();
    assertThat(run.onlySpan().attributes())
        .containsEntry("http.request.body.size", SIZE)
        .containsEntry("http.response.body.size", SIZE);
  }

  @Test
  void upload_isKnownByTheNamesAndSizesOfItsParts() throws Exception {
    server.createContext("/", exchange -> echo(exchange, 0));
    String part =
        "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\ns3cr3t\r\n";
    client.send(
        "POST",
        "/",
        BodyPublishers.ofString("--x\r\n" + part + "--x--\r\n"),
        "Content-Type",
        "multipart/form-data; boundary=x");

    Payload parts = run.onlySpan().payloads().get(0);
    assertThat(run.onlySpan().payloads()).hasSize(1);
    assertThat(parts.name()).isEqualTo("http.request.body.parts");
    assertThat(new String(parts.bytes(), UTF_8))
        .isEqualTo("[{\"name\":\"file\",\"filename\":\"a.txt\",\"size\":6}]");
  }

  @Test
  void bodyThatNobodyReads_isNotReadForUs() throws Exception {
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));

    assertThat(post("application/json")).isEmpty();

    assertThat(run.onlySpan().payloads()).isEmpty();
    assertThat(run.onlySpan().attributes())
        .containsEntry("http.request.body.size", SIZE)
        .doesNotContainKey("http.response.body.size");
  }

  private void assertBodiesAreRemembered() {
    SpanRecord span = run.onlySpan();
    assertThat(span.payloads())
        .extracting(Payload::name)
        .containsExactly("http.request.body", "http.response.body");
    assertThat(span.payloads())
        .extracting(payload -> new String(payload.bytes(), UTF_8))
        .containsExactly(REMEMBERED, REMEMBERED);
    assertThat(span.attributes())
        .containsEntry("http.request.header.content-type", "application/json")
        .containsEntry("http.response.header.content-type", "application/json")
        .containsEntry("http.request.body.size", SIZE)
        .containsEntry("http.response.body.size", SIZE);
  }

  private byte[] post(String type) throws Exception {
    return client.send("POST", "/", BodyPublishers.ofString(ORDER), "Content-Type", type).body();
  }

  private static void echo(HttpExchange exchange, long length) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    begin(exchange, length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static void echoByteByByte(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    begin(exchange, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int read = in.read(); read >= 0; read = in.read()) {
        out.write(read);
      }
    }
  }

  private static void begin(HttpExchange exchange, long length) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, length);
  }
}
