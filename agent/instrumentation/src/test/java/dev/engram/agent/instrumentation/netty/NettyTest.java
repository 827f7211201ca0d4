package dev.engram.agent.instrumentation.netty;

import static dev.engram.agent.instrumentation.netty.ServedChannel.answer;
import static dev.engram.agent.instrumentation.netty.ServedChannel.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.http.HttpCapture;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.instrumentation.netty.ServedChannel.CurrentSpans;
import dev.engram.agent.instrumentation.netty.ServedChannel.Handler;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the channel that Netty has for tests, whose pipeline is that of any other. */
class NettyTest {
  private static final String HEADERS =
      "capture.request-headers=Host,X-Tag,Cookie;capture.response-headers=X-Cache,Set-Cookie";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final ServedChannel server = new ServedChannel(run);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void request_isOneServerSpan() {
    server.serve((context, request) -> answer(context, 201));

    server.send("GET /orders/7?page=2 HTTP/1.1\r\nHost: shop\r\nUser-Agent: test\r\n\r\n");

    SpanRecord span = run.onlySpan();
    assertThat(span.name()).isEqualTo("GET");
    assertThat(span.kind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(span.durationNanos()).isPositive();
    assertThat(span.attributes())
        .containsEntry("http.request.method", "GET")
        .containsEntry("url.path", "/orders/7")
        .containsEntry("url.query", "page=2")
        .containsEntry("url.scheme", "http")
        .containsEntry("network.protocol.version", "1.1")
        .containsEntry("http.response.status_code", 201L)
        .containsEntry("user_agent.original", "test");
    assertThat(run.all(BegunRecord.class)).hasSize(1);
  }

  @Test
  void decoderAndEncoderApart_areACodecToo() {
    List<String> names = List.of("decoder", "encoder", "handler");
    server.channel = new EmbeddedChannel();
    server
        .channel
        .pipeline()
        .addLast(names.get(0), new HttpRequestDecoder())
        .addLast(names.get(1), new HttpResponseEncoder())
        .addLast(names.get(2), new Handler((context, request) -> answer(context, 200)));

    server.send("GET http://shop:8080/orders HTTP/1.1\r\n\r\n");

    assertThat(run.onlySpan().attributes()).containsEntry("url.path", "/orders");
    assertThat(server.channel.pipeline().names()).containsSubsequence(names).hasSize(4);
  }

  @Test
  void traceparent_isContinued() {
    server.serve((context, request) -> answer(context, 200));

    server.send(
        "GET / HTTP/1.1\r\n"
            + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n");

    assertThat(run.onlySpan().traceIdHigh()).isEqualTo(0x0af7651916cd43ddL);
    assertThat(run.onlySpan().parentSpanId()).isEqualTo(0xb7ad6b7169203331L);
  }

  @Test
  void headers_areThoseOfTheList_andSecretsAreHidden() {
    HttpCapture.start(Configuration.of(HEADERS));
    server.serve(NettyTest::answerWithHeaders);

    server.send(
        "GET / HTTP/1.1\r\nHost: shop\r\nX-Tag: a\r\nx-tag: b\r\nX-Other: c\r\n"
            + "Content-Type: text/plain\r\nCookie: id=1\r\n\r\n");

    assertHeaders(run.onlySpan());
  }

  @Test
  void body_isReadInsideItsRequest() {
    List<OpenSpan> current = new ArrayList<>();
    server.channel = new EmbeddedChannel();
    server
        .channel
        .pipeline()
        .addLast(new HttpServerCodec())
        .addLast(
            new CurrentSpans(current) {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                super.channelRead(context, message);
                if (message instanceof LastHttpContent) {
                  answer(context, 200);
                }
              }
            });

    server.send("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    assertThat(Tracing.current()).isNull();
    server.send("cd");

    run.onlySpan();
    assertThat(current).hasSizeGreaterThanOrEqualTo(3).containsOnly(current.get(0));
  }

  @Test
  void streamedResponse_endsWithItsLastPart() {
    server.serve(
        (context, request) -> {
          HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
          head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
          context.writeAndFlush(head);
        });

    server.send("GET / HTTP/1.1\r\n\r\n");
    server.channel.writeOutbound(
        new DefaultHttpContent(Unpooled.copiedBuffer("x", StandardCharsets.UTF_8)));
    assertThat(run.spans()).isEmpty();
    server.channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);

    assertThat(run.onlySpan().attributes()).containsEntry("http.response.status_code", 200L);
  }

  @Test
  void responseToHead_endsTheRequest() {
    server.serve((context, request) -> answer(context, 200));

    server.send("HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");

    assertThat(run.spans(2)).extracting(SpanRecord::name).containsExactly("HEAD", "GET");
  }

  @Test
  void interimResponse_doesNotEndTheRequest() {
    server.channel = new EmbeddedChannel();
    server
        .channel
        .pipeline()
        .addLast(new HttpServerCodec())
        .addLast(new HttpServerExpectContinueHandler())
        .addLast(new HttpObjectAggregator(100))
        .addLast(new Handler((context, request) -> answer(context, 202)));

    server.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assertThat(run.spans()).isEmpty();
    server.send("ab");

    assertThat(run.onlySpan().attributes()).containsEntry("http.response.status_code", 202L);
  }

  @Test
  void unreadableRequest_hasNoMethodOfItsOwn() {
    server.serve(
        (context, request) -> answer(context, request.decoderResult().isFailure() ? 400 : 200));

    server.send("NONSENSE\r\n\r\n");

    SpanRecord span = run.onlySpan();
    assertThat(span.name()).isEqualTo("HTTP");
    assertThat(span.attributes())
        .containsEntry("http.request.method", "_OTHER")
        .containsEntry("http.response.status_code", 400L);
  }

  @Test
  void requestWhoseUpgradeIsRefused_isOneLikeOthers() {
    server.channel = new EmbeddedChannel();
    HttpServerCodec codec = new HttpServerCodec();
    server
        .channel
        .pipeline()
        .addLast(codec)
        .addLast(new HttpServerUpgradeHandler(codec, protocol -> null))
        .addLast(new Handler((context, request) -> answer(context, 200)));

    server.send("GET /first HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
    server.send("GET /second HTTP/1.1\r\n\r\n");

    assertThat(server.statusByPath(2))
        .containsExactly(entry("/first", 200L), entry("/second", 200L));
  }

  private static void assertHeaders(SpanRecord span) {
    assertThat(span.attributes())
        .containsEntry("http.request.header.host", "shop")
        .containsEntry("http.request.header.x-tag", "a, b")
        .containsEntry("http.request.header.content-type", "text/plain")
        .containsEntry("http.request.header.cookie", "[redacted]")
        .doesNotContainKey("http.request.header.x-other")
        .containsEntry("http.response.header.x-cache", "hit, stale")
        .containsEntry("http.response.header.retry-after", "7")
        .containsEntry("http.response.header.set-cookie", "[redacted]")
        .doesNotContainKey("http.response.header.x-other");
  }

  private static void answerWithHeaders(ChannelHandlerContext context, HttpRequest request) {
    FullHttpResponse response = response(503);
    response.headers().set("X-Cache", List.of("hit", "stale")).set("Retry-After", "7");
    response.headers().set("Set-Cookie", "id=2").set("X-Other", "d");
    context.writeAndFlush(response).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }
}
