package dev.engram.agent.instrumentation.jakartaservlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.http.HttpCapture;
import dev.engram.agent.instrumentation.Client;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Payload;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of bodies and headers, and that the client gets what it would without us. */
class JakartaBodyTest {
  private static final String JSON = "application/json";
  private static final String ORDER = "{\"item\":\"grüße €\",\"password\":\"s3cr3t\"}";
  private static final String REMEMBERED = "{\"item\":\"grüße €\",\"password\":\"[redacted]\"}";

  private static final String MULTIPART = "multipart/form-data; boundary=\"a b\"";
  private static final String UPLOAD =
      "--a b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nalice\r\n"
          + "--a b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"größe.txt\"\r\n"
          + "Content-Type: text/plain\r\n\r\nthe s3cr3t\r\n--a\r\n\r\n--a b--\r\n";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private JakartaContainer container;
  private Client client;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    container = JakartaContainer.start(folder);
    client = new Client(container.port());
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "bytes", "non-blocking"})
  void body_isRememberedHoweverItIsReadAndWritten(String way) throws Exception {
    assertThat(post(way, JSON, ORDER).body()).isEqualTo(ORDER.getBytes(UTF_8));

    SpanRecord span = run.onlySpan();
    assertThat(request(span)).isEqualTo(REMEMBERED);
    assertThat(response(span)).isEqualTo(REMEMBERED);
    assertThat(span.payloads()).noneMatch(Payload::truncated);
    assertThat(span.attributes())
        .containsEntry("http.request.body.size", (long) ORDER.getBytes(UTF_8).length)
        .containsEntry("http.response.body.size", (long) ORDER.getBytes(UTF_8).length)
        .containsEntry("http.request.header.content-type", JSON);
  }

  @Test
  void readerAndWriter_areWatchedToo() throws Exception {
    String said =
        new String(post("reader", "text/plain;charset=utf-8", "größe\nb\n").body(), UTF_8);

    assertThat(said.lines()).containsExactly("größe|€5", "b|€1");
    SpanRecord span = run.onlySpan();
    assertThat(request(span)).isEqualTo("größe\nb\n");
    assertThat(response(span)).isEqualTo(said);
    assertThat(span.attributes())
        .containsEntry("http.response.body.size", (long) said.getBytes(UTF_8).length);
  }

  @Test
  void charset_isRespected() throws Exception {
    byte[] latin = "grüße".getBytes(ISO_8859_1);
    post("stream", "text/plain;charset=iso-8859-1", BodyPublishers.ofByteArray(latin));

    assertThat(request(run.onlySpan())).isEqualTo("grüße");
    assertThat(response(run.onlySpan())).isEqualTo("grüße");
  }

  @Test
  void form_isRememberedWhereItPassesAStream_andIsLeftToTheApplication() throws Exception {
    HttpResponse<byte[]> answer =
        post("parameter", "application/x-www-form-urlencoded", "name=alice&password=s3cr3t");

    assertThat(answer.body()).isEqualTo("name=alice".getBytes(UTF_8));
    assertThat(request(run.onlySpan())).isEqualTo("name=alice&password=[redacted]");
    assertThat(response(run.onlySpan())).isEqualTo("name=alice");
  }

  @Test
  void bodyThatNobodyReads_isNotReadForUs() throws Exception {
    post("ignored", JSON, ORDER);

    assertThat(run.onlySpan().payloads())
        .extracting(Payload::name)
        .containsExactly("http.response.body");
    assertThat(run.onlySpan().attributes())
        .containsEntry("http.request.body.size", (long) ORDER.getBytes(UTF_8).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "multipart/form-data; boundary=x", "application/grpc"})
  void bodyThatIsNoText_isKnownByItsSize(String type) throws Exception {
    assertThat(post("stream", type, "s3cr3t").body()).isEqualTo("s3cr3t".getBytes(UTF_8));

    assertThat(run.onlySpan().payloads()).isEmpty();
    assertThat(run.onlySpan().attributes()).containsEntry("http.request.body.size", 6L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parts", "parameter", "stream", "bytes", "non-blocking"})
  void upload_isRememberedByTheNamesAndSizesOfItsParts(String way) throws Exception {
    String said = new String(post(way, MULTIPART, UPLOAD).body(), UTF_8);

    if (way.equals("parts")) {
      assertThat(said).isEqualTo("name=5 file=17 ");
    } else if (way.equals("parameter")) {
      assertThat(said).isEqualTo("name=alice");
    } else {
      assertThat(said).isEqualTo(UPLOAD);
    }
    SpanRecord span = run.onlySpan();
    assertThat(payload(span, "http.request.body.parts"))
        .isEqualTo(
            "[{\"name\":\"name\",\"size\":5},"
                + "{\"name\":\"file\",\"filename\":\"größe.txt\","
                + "\"content_type\":\"text/plain\",\"size\":17}]");
    assertThat(span.payloads()).extracting(Payload::name).doesNotContain("http.request.body");
    assertThat(span.attributes())
        .containsEntry("http.request.body.size", (long) UPLOAD.getBytes(UTF_8).length);
  }

  @Test
  void uploadInPartsThatBreaksOff_isRememberedAsFarAsItCame() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", container.port())) {
      String head = "POST /app/bodies/parts HTTP/1.1\r\nHost: a\r\nContent-Type: " + MULTIPART;
      String text = head + "\r\nContent-Length: 100000\r\n\r\n" + UPLOAD.split("s3cr3t")[0];
      socket.getOutputStream().write(text.getBytes(UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }

    assertThat(payload(run.onlySpan(), "http.request.body.parts"))
        .endsWith("\"content_type\":\"text/plain\",\"size\":4,\"complete\":false}]");
  }

  @Test
  void encodedBody_isKnownByItsSize() throws Exception {
    String[] headers = {"Content-Type", JSON, "Content-Encoding", "gzip"};
    client.send("POST", "/app/bodies/stream", text(ORDER), headers);

    SpanRecord span = run.onlySpan();
    assertThat(span.payloads()).isEmpty();
    assertThat(span.attributes())
        .containsEntry("http.request.body.size", (long) ORDER.getBytes(UTF_8).length)
        .containsEntry("http.response.body.size", (long) ORDER.getBytes(UTF_8).length);
  }

  @Test
  void absurdCharset_costsTheTextAlone() throws Exception {
    int status = post("stream", "application/json;charset=x-klingon", ORDER).statusCode();

    assertThat(run.onlySpan().payloads()).isEmpty();
    assertThat(run.onlySpan().attributes())
        .containsEntry("http.response.status_code", (long) status);
  }

  @Test
  void whatIsTakenBack_isNotRemembered() throws Exception {
    assertThat(response("forward")).isEqualTo("{\"read\":false}");
    assertThat(response("reset")).isEqualTo("after the reset");
    assertThat(client.get("/app/bodies/send-error")).isEqualTo(409);
    assertThat(client.get("/app/bodies/throw")).isEqualTo(500);
    List<SpanRecord> spans = run.spans(4);
    assertThat(spans.get(2).payloads()).isEmpty();
    assertThat(spans.get(3).payloads()).isEmpty();
    assertThat(spans.get(3).status()).isEqualTo(SpanStatus.ERROR);
  }

  @Test
  void whatAWrapperPassesOn_isRememberedOnce() throws Exception {
    assertThat(response("wrapped")).isEqualTo("once");
  }

  @Test
  void responseWithoutBody_hasNone() throws Exception {
    assertThat(send("HEAD", "ignored").body()).isEmpty();
    assertThat(send("GET", "no-content").statusCode()).isEqualTo(204);

    assertThat(run.spans(2))
        .allSatisfy(
            span -> {
              assertThat(span.payloads()).isEmpty();
              assertThat(span.attributes()).doesNotContainKey("http.response.body.size");
            });
  }

  @Test
  void largeResponse_isCutAndSaysItsSize() throws Exception {
    assertThat(send("GET", "large").body()).hasSize(2_000_000);

    Payload payload = run.onlySpan().payloads().get(0);
    assertThat(payload.truncated()).isTrue();
    assertThat(payload.size()).isEqualTo(2_000_000);
    assertThat(new String(payload.bytes(), UTF_8)).isEqualTo("ä".repeat(4096));
    assertThat(run.onlySpan().attributes()).containsEntry("http.response.body.size", 2_000_000L);
  }

  @Test
  void responseThatTheContainerCompresses_isRememberedAsItWasWritten() throws Exception {
    String[] headers = {"Accept-Encoding", "gzip"};
    HttpResponse<byte[]> answer =
        client.send("GET", "/app/bodies/large", BodyPublishers.noBody(), headers);

    assertThat(answer.body()).hasSizeLessThan(1_000_000);
    assertThat(response(run.onlySpan())).isEqualTo("ä".repeat(4096));
  }

  @Test
  void largeUpload_isCutAndSaysItsSize() throws Exception {
    byte[] block = " ".repeat(1 << 20).getBytes(UTF_8);
    BodyPublisher upload = BodyPublishers.ofByteArrays(Collections.nCopies(16, block));
    assertThat(post("count", JSON, upload).body()).isEqualTo("16777216".getBytes(UTF_8));

    Payload payload = run.onlySpan().payloads().get(0);
    assertThat(payload.truncated()).isTrue();
    assertThat(payload.size()).isEqualTo(16 << 20);
    assertThat(payload.bytes()).hasSize(8192);
  }

  @Test
  void uploadThatBreaksOff_isRememberedAsFarAsItCame() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", container.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /app/bodies/count HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 1000\r\n\r\n{\"a\":\"only thus far")
                  .getBytes(UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }

    SpanRecord span = run.onlySpan();
    assertThat(request(span)).isEqualTo("{\"a\":\"only thus far");
    assertThat(span.attributes()).containsEntry("http.request.body.size", 19L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/octet-stream"})
  void clientThatLeavesBeforeItHasItsAnswer_isNoFailureOfTheService(String type) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", container.port())) {
      String head = "GET /app/bodies/endless HTTP/1.1\r\nHost: a\r\nAccept: " + type + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      assertThat(socket.getInputStream().readNBytes(10_000)).hasSize(10_000);
    }

    SpanRecord span = run.onlySpan();
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(span.attributes())
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("engram.http.aborted", true);
    assertThat(run.exceptions()).isEmpty();
    if (type.equals("text/plain")) {
      assertThat(response(span)).isBlank().hasSize(8192);
    }
  }

  @Test
  void requestsOnOneConnection_keepTheirBodiesApart() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", container.port())) {
      for (int i = 0; i < 20; i++) {
        socket.getOutputStream().write(raw("{\"n\":" + (10 + i) + "}"));
        readUntil(socket.getInputStream(), "{\"n\":" + (10 + i) + "}");
      }
    }

    List<SpanRecord> spans = run.spans(20);
    for (int i = 0; i < 20; i++) {
      assertThat(request(spans.get(i))).isEqualTo("{\"n\":" + (10 + i) + "}");
      assertThat(response(spans.get(i))).isEqualTo("{\"n\":" + (10 + i) + "}");
    }
  }

  @Test
  void limitOfZero_watchesNothing() throws Exception {
    HttpCapture.start(Configuration.of("capture.body.limit=0"));
    assertThat(post("stream", JSON, ORDER).body()).isEqualTo(ORDER.getBytes(UTF_8));

    assertThat(run.onlySpan().payloads()).isEmpty();
    assertThat(run.onlySpan().attributes()).doesNotContainKey("http.response.body.size");
  }

  @Test
  void repeatedHeader_isJoined_andSecretOnesAreHidden() throws Exception {
    HttpCapture.start(Configuration.of("capture.request-headers=X-Tag,Cookie"));
    client.get("/app/bodies/ignored", "X-Tag", "a", "X-Tag", "b", "Cookie", "s3cr3t");

    assertThat(run.onlySpan().attributes())
        .containsEntry("http.request.header.x-tag", "a, b")
        .containsEntry("http.request.header.cookie", "[redacted]")
        .containsKey("http.response.header.content-type");
  }

  private String response(String way) throws Exception {
    int before = run.spans().size();
    byte[] body = send("GET", way).body();
    SpanRecord span = run.spans(before + 1).get(before);
    assertThat(response(span)).isEqualTo(new String(body, UTF_8));
    return response(span);
  }

  private HttpResponse<byte[]> send(String method, String way) throws Exception {
    return client.send(method, "/app/bodies/" + way, BodyPublishers.noBody());
  }

  private HttpResponse<byte[]> post(String way, String type, String text) throws Exception {
    return post(way, type, text(text));
  }

  private HttpResponse<byte[]> post(String way, String type, BodyPublisher body) throws Exception {
    return client.send("POST", "/app/bodies/" + way, body, "Content-Type", type);
  }

  private static BodyPublisher text(String text) {
    return BodyPublishers.ofString(text);
  }

  private static byte[] raw(String body) {
    return ("POST /app/bodies/stream HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(UTF_8);
  }

  private static void readUntil(InputStream in, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = in.read();
      assertThat(next).as("more after " + read).isNotNegative();
      read.append((char) next);
    }
  }

  private static String request(SpanRecord span) {
    return payload(span, "http.request.body");
  }

  private static String response(SpanRecord span) {
    return payload(span, "http.response.body");
  }

  private static String payload(SpanRecord span, String name) {
    assertThat(span.payloads()).extracting(Payload::name).containsOnlyOnce(name);
    return span.payloads().stream()
        .filter(payload -> payload.name().equals(name))
        .map(payload -> new String(payload.bytes(), UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
