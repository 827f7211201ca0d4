package dev.engram.agent.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.RecordSink;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.Payload;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerExchangeTest {
  private static final MessageContent JSON = new MessageContent("application/json", null, 0);

  private static final MessageContent PARTS =
      new MessageContent("multipart/form-data; boundary=x", null, 0);

  private final List<SpanRecord> spans = new ArrayList<>();
  private final Object response = new Object();
  private final Object stream = new Object();

  @BeforeEach
  void start() {
    Configuration configuration =
        Configuration.of(
            "capture.body.limit=20;capture.request-headers=Authorization,X-Tenant,"
                + "Proxy-Authorization,Cookie,Referer");
    HttpCapture.start(configuration);
    Capture.start(configuration, new Spans());
  }

  @AfterEach
  void stop() {
    Capture.stop();
    HttpCapture.start(Configuration.of("capture.body.limit=0"));
  }

  @Test
  void bodies_becomePayloadsAndSizes() {
    ServerExchange exchange = opened();
    exchange.readThrough(stream, JSON);
    pass(stream, "{\"a\":1}");
    exchange.writeThrough(this, JSON, null);
    pass(this, "{\"b\":22}");
    SpanRecord span = ended(exchange, JSON);

    assertThat(span.payloads())
        .extracting(Payload::name)
        .containsExactly("http.request.body", "http.response.body");
    assertThat(text(span, 0)).isEqualTo("{\"a\":1}");
    assertThat(text(span, 1)).isEqualTo("{\"b\":22}");
    assertThat(span.attributes())
        .containsEntry("http.request.body.size", 7L)
        .containsEntry("http.response.body.size", 8L);
  }

  @Test
  void cutBody_saysSo_andHidesWhatTheCutLeftOpen() {
    ServerExchange exchange = opened();
    exchange.readThrough(stream, JSON);
    pass(stream, "{\"password\":\"s3cr3t, and then some more\"}");
    SpanRecord span = ended(exchange, JSON);

    assertThat(text(span, 0)).isEqualTo("{\"password\":\"[redacted]\"");
    assertThat(span.payloads().get(0).truncated()).isTrue();
    assertThat(span.payloads().get(0).size()).isEqualTo(41);
    assertThat(span.attributes()).containsEntry("http.request.body.size", 41L);
  }

  @Test
  void bodyThatIsNoText_isNotWatched_butItsLengthIsKnown() {
    ServerExchange exchange = opened();
    MessageContent image = new MessageContent("image/png", null, 0);
    exchange.readThrough(stream, image);
    exchange.writeThrough(this, image, null);
    assertThat(BodyStreams.of(stream)).isNull();
    assertThat(BodyStreams.of(this)).isNull();
    exchange.describeRequest(1_000);
    exchange.describeResponse(new MessageContent("image/png", null, 2_000));
    exchange.span().end();

    assertThat(spans.get(0).payloads()).isEmpty();
    assertThat(spans.get(0).attributes())
        .containsEntry("http.request.body.size", 1_000L)
        .containsEntry("http.response.body.size", 2_000L);
  }

  @Test
  void responseWhoseTypeIsKnownLate_isJudgedAtTheEnd() {
    ServerExchange exchange = opened();
    exchange.writeThrough(stream, new MessageContent(null, null, 0), null);
    pass(stream, "{}");
    assertThat(text(ended(exchange, JSON), 0)).isEqualTo("{}");

    ServerExchange binary = opened();
    binary.writeThrough(stream, new MessageContent(null, null, 0), null);
    pass(stream, "binary");
    SpanRecord span = ended(binary, new MessageContent("image/png", null, 0));
    assertThat(span.payloads()).isEmpty();
    assertThat(span.attributes()).containsEntry("http.response.body.size", 6L);
  }

  @Test
  void encodedBody_isCountedAlone() {
    ServerExchange exchange = opened();
    exchange.readThrough(stream, new MessageContent("application/json", "gzip", 0));
    pass(stream, "not for reading");
    SpanRecord span = ended(exchange, JSON);

    assertThat(span.payloads()).isEmpty();
    assertThat(span.attributes()).containsEntry("http.request.body.size", 15L);
  }

  @Test
  void partsOfABody_areToldByNameAndSize_redactedLikeOtherText() {
    HttpCapture.start(Configuration.of("capture.body.limit=1000"));
    ServerExchange exchange = opened();
    exchange.readThrough(stream, PARTS);
    pass(stream, "--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\ns3cr3t\r\n");
    pass(stream, "--x\r\nContent-Disposition: form-data; name=\"file\"; ");
    pass(stream, "filename=\"token=s3cr3t&a.pdf\"\r\n\r\ns3cr3t s3cr3t\r\n--x--\r\n");
    SpanRecord span = ended(exchange, JSON);

    assertThat(span.payloads().get(0).name()).isEqualTo("http.request.body.parts");
    assertThat(text(span, 0))
        .isEqualTo(
            "[{\"name\":\"password\",\"size\":6},"
                + "{\"name\":\"file\",\"filename\":\"token=[redacted]&a.pdf\",\"size\":13}]");
    assertThat(span.attributes()).containsEntry("http.request.body.size", 169L);
  }

  @Test
  void partsThatPassedNoStream_areThoseThatTheServerTells_once() {
    HttpCapture.start(Configuration.of("capture.body.limit=1000"));
    ServerExchange exchange = opened();
    exchange.readThrough(stream, PARTS);
    Objects.requireNonNull(exchange.partsToTell()).add("file", "a.pdf", "application/pdf", 7);
    assertThat(exchange.partsToTell()).isNull();
    SpanRecord span = ended(exchange, JSON);

    assertThat(text(span, 0))
        .isEqualTo(
            "[{\"name\":\"file\",\"filename\":\"a.pdf\","
                + "\"content_type\":\"application/pdf\",\"size\":7}]");
    assertThat(exchange.partsToTell()).isNull();
  }

  @Test
  void partsThatHavePassed_areNotToldAgain() {
    ServerExchange exchange = opened();
    exchange.readThrough(stream, PARTS);
    pass(stream, "--x");
    assertThat(exchange.partsToTell()).isNull();
    assertThat(ended(exchange, JSON).payloads()).isEmpty();
  }

  @Test
  void manyParts_areCut_andSaySo() {
    ServerExchange exchange = opened();
    BodyParts parts = Objects.requireNonNull(exchange.partsToTell());
    for (int i = 0; i < 10; i++) {
      parts.add("file", null, null, 1_000 + i);
    }
    SpanRecord span = ended(exchange, JSON);

    assertThat(span.payloads().get(0).truncated()).isTrue();
    assertThat(span.payloads().get(0).size()).isEqualTo(280);
    assertThat(text(span, 0)).startsWith("[{\"name\":\"file\"");
  }

  @Test
  void secondSourceOfARequest_isLeftAlone() {
    ServerExchange exchange = opened();
    exchange.readThrough(stream, JSON);
    exchange.readThrough(this, JSON);

    assertThat(BodyStreams.of(this)).isNull();
    exchange.end(response);
    exchange.span().end();
  }

  @Test
  void endedExchange_letsGoOfItsStreams_andTakesNoMore() {
    ServerExchange exchange = opened();
    exchange.readThrough(stream, JSON);
    Body body = Objects.requireNonNull(BodyStreams.of(stream));
    ended(exchange, JSON);

    assertThat(BodyStreams.of(stream)).isNull();
    assertThat(BodyStreams.exchangeOf(response)).isNull();
    assertThat(body.begin()).isFalse();
    exchange.readThrough(this, JSON);
    exchange.writeThrough(this, JSON, null);
    assertThat(BodyStreams.of(this)).isNull();
  }

  @Test
  void headers_areThoseOfTheList_andSecretsAreHidden() {
    new ServerRequest("GET", "/", null, "http", null, null, null)
        .open(name -> name.equals("referer") ? "http://h/?token=s3cr3t" : "value of " + name)
        .end();

    assertThat(spans.get(0).attributes())
        .containsEntry("http.request.header.content-type", "value of content-type")
        .containsEntry("http.request.header.x-tenant", "value of x-tenant")
        .containsEntry("http.request.header.authorization", "[redacted]")
        .containsEntry("http.request.header.proxy-authorization", "[redacted]")
        .containsEntry("http.request.header.cookie", "[redacted]")
        .containsEntry("http.request.header.referer", "http://h/?token=[redacted]");
  }

  @Test
  void headerThatNamesTheUser_isTheUser_asAllUsersAreKept() {
    assertThat(userOf("capture.user.header=X-User;capture.user=plain")).isEqualTo("ada");
    assertThat(userOf("capture.user=plain")).isEqualTo("bob");
    assertThat(userOf("capture.user.header=X-User;capture.user=off")).isNull();
    assertThat(userOf("capture.user.header=X-User"))
        .asString()
        .matches("[0-9a-f]{16}")
        .isNotEqualTo(userOf("capture.user=hash"));
  }

  @Test
  void attributeThatNamesTheUser_goesBehindTheHeader() {
    String attribute = "capture.user.attribute=account;";
    assertThat(userOf(attribute + "capture.user=plain")).isEqualTo("42");
    assertThat(userOf(attribute + "capture.user=plain;capture.user.header=X-User"))
        .isEqualTo("ada");
    assertThat(userOf(attribute + "capture.user=off")).isNull();
    assertThat(userOf("capture.user.attribute=other;capture.user=plain")).isEqualTo("bob");
  }

  @Test
  void cookieThatNamesTheSession_isHashed_andGoesBehindTheContainers() {
    Object session = sessionOf("", "theme=SESSION=; SESSION=abc; _SESSION=x", null);

    assertThat(session).asString().matches("[0-9a-f]{16}");
    assertThat(sessionOf("", "a=b, vertx-web.session=abc", null)).isEqualTo(session);
    assertThat(sessionOf("capture.session.cookies=sid", "SESSION=x;sid=abc", null))
        .isEqualTo(session);
    assertThat(sessionOf("", "SESSION=x", "abc")).isEqualTo(session);
    assertThat(sessionOf("", "MY_SESSION=abc; SESSION=", null)).isNull();
    assertThat(sessionOf("capture.user=off", "SESSION=abc", null)).isNull();
    assertThat(sessionOf("", null, null)).isNull();
  }

  /** Of a request with this header, for which the container names another session, or none. */
  private Object sessionOf(String settings, String cookies, String container) {
    Configuration configuration = Configuration.of(settings);
    HttpCapture.start(configuration);
    Capture.start(configuration, new Spans());
    Capture.salt(new byte[32]);
    OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET");
    HttpCapture.requestHeaders(span, name -> name.equals("cookie") ? cookies : null);
    ServerExchange exchange = new ServerExchange(span);
    exchange.session(container);
    return ended(exchange, JSON).attributes().get("session.id");
  }

  /** Of a request whose header and attribute name other users than the framework knows. */
  private Object userOf(String settings) {
    Configuration configuration = Configuration.of(settings);
    HttpCapture.start(configuration);
    Capture.start(configuration, new Spans());
    Capture.salt(new byte[32]);
    OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET");
    HttpCapture.requestHeaders(span, Map.of("x-user", "ada")::get);
    ServerExchange exchange = new ServerExchange(span);
    exchange.user("bob");
    exchange.lookForUser(Map.of("account", 42L)::get);
    return ended(exchange, JSON).attributes().get("user.id");
  }

  private ServerExchange opened() {
    ServerExchange exchange =
        new ServerExchange(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET"));
    exchange.answersWith(response);
    assertThat(BodyStreams.exchangeOf(response)).isSameAs(exchange);
    return exchange;
  }

  private static void pass(Object source, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    Objects.requireNonNull(BodyStreams.of(source)).add(bytes, 0, bytes.length);
  }

  private SpanRecord ended(ServerExchange exchange, MessageContent answer) {
    exchange.describeRequest(0);
    exchange.describeResponse(answer);
    exchange.span().end();
    exchange.end(response);
    return spans.get(spans.size() - 1);
  }

  private static String text(SpanRecord span, int payload) {
    return new String(span.payloads().get(payload).bytes(), UTF_8);
  }

  private final class Spans implements RecordSink {
    @Override
    public boolean offer(
        RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
      if (kind == RecordKind.SPAN) {
        spans.add((SpanRecord) RecordDecoder.decode(buffer, offset, length));
      }
      return true;
    }

    @Override
    public int maxRecordLength() {
      return 64 << 10;
    }

    @Override
    public void failed() {
      throw new AssertionError("capture failed");
    }

    @Override
    public long roll() {
      return 1;
    }
  }
}
