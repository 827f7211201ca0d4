package dev.engram.agent.instrumentation.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.http.HttpCapture;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client and a server on the channels that Netty has for tests, which exchange HTTP/2. */
class Http2Test {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final List<OpenSpan> current = new ArrayList<>();
  private final Http2ConnectionHandler sender =
      new Http2ConnectionHandlerBuilder()
          .server(false)
          .frameListener(new Http2FrameAdapter())
          .build();
  private final EmbeddedChannel client = new EmbeddedChannel();
  private EmbeddedChannel server = new EmbeddedChannel();

  @AfterEach
  void close() {
    client.finishAndReleaseAll();
    server.finishAndReleaseAll();
  }

  @Test
  void stream_isOneServerSpan() {
    serve(new Reading(context -> answer(context, 200)));

    request(1, head("POST", "/orders?page=2").add("user-agent", "test"), "body");

    SpanRecord span = run.onlySpan();
    assertThat(span.name()).isEqualTo("POST");
    assertThat(span.durationNanos()).isPositive();
    assertThat(span.attributes())
        .containsEntry("http.request.method", "POST")
        .containsEntry("url.path", "/orders")
        .containsEntry("url.query", "page=2")
        .containsEntry("url.scheme", "http")
        .containsEntry("network.protocol.version", "2")
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("user_agent.original", "test");
    assertThat(run.all(BegunRecord.class)).hasSize(1);
    assertThat(current).hasSize(2).containsOnly(current.get(0)).doesNotContainNull();
    assertThat(Tracing.current()).isNull();
  }

  @Test
  void streamTurnedIntoMessages_isARequestToo() {
    serve(
        new Http2StreamFrameToHttpObjectCodec(true) {}, new Reading(Http2Test::answerWithAMessage));

    request(1, head("GET", "/orders"), "");

    assertThat(statusByPath(1)).containsExactly(entry("/orders", 204L));
    assertThat(current).hasSize(1).doesNotContainNull();
  }

  @Test
  void headersOfAStream_areThoseOfTheList_andSecretsAreHidden() {
    HttpCapture.start(
        Configuration.of(
            "capture.request-headers=Host,X-Tag,Cookie;capture.response-headers=X-Cache"));
    serve(new Reading(context -> answer(context, 503)));

    request(
        1,
        head("GET", "/")
            .authority("shop")
            .add("x-tag", "a")
            .add("x-tag", "b")
            .add("x-other", "c")
            .add("cookie", "id=1"),
        "");

    assertThat(run.onlySpan().attributes())
        .containsEntry("http.request.header.host", "shop")
        .containsEntry("http.request.header.x-tag", "a, b")
        .containsEntry("http.request.header.cookie", "[redacted]")
        .doesNotContainKey("http.request.header.x-other")
        .containsEntry("http.response.header.x-cache", "hit")
        .doesNotContainKey("http.response.header.x-other");
  }

  @Test
  void streamsOfOneConnection_areEachTheirOwn_inWhateverOrderTheyAreAnswered() {
    List<ChannelHandlerContext> waiting = new ArrayList<>();
    serve(new Reading(waiting::add));

    request(1, head("GET", "/first"), "");
    request(3, head("GET", "/second"), "");
    request(5, head("GET", "/third"), "");
    answer(waiting.get(2), 200);
    answer(waiting.get(0), 404);
    answer(waiting.get(1), 500);

    assertThat(statusByPath(3))
        .containsExactly(entry("/third", 200L), entry("/first", 404L), entry("/second", 500L));
    assertThat(current).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void streamThatTheClientCancels_isAborted_andTheOthersGoOn() {
    List<ChannelHandlerContext> waiting = new ArrayList<>();
    serve(new Reading(waiting::add));
    request(1, head("GET", "/cancelled"), "");
    request(3, head("GET", "/answered"), "");

    sender.encoder().writeRstStream(context(), 1, Http2Error.CANCEL.code(), context().newPromise());
    exchange();
    assertAborted(run.onlySpan(), "/cancelled");
    answer(waiting.get(1), 200);

    assertThat(run.spans(2).get(1).attributes())
        .containsEntry("url.path", "/answered")
        .containsEntry("http.response.status_code", 200L);
  }

  @Test
  void streamThatTheServerResets_isAborted() {
    serve(
        new Reading(
            context ->
                context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR))));

    request(1, head("GET", "/reset"), "");

    assertAborted(run.onlySpan(), "/reset");
  }

  @Test
  void connectionThatCloses_endsItsStreams() {
    serve(new Reading(context -> {}));

    request(1, head("GET", "/first"), "");
    request(3, head("GET", "/second"), "");
    server.close();

    assertThat(run.spans(2)).allMatch(span -> span.status() == SpanStatus.ERROR);
  }

  @Test
  void exceptionOfAStreamsHandler_isThatOfItsRequest() {
    serve(
        new Reading(
            context -> {
              throw new IllegalStateException("broken handler");
            }) {
          @Override
          public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            answer(context, 503);
          }
        });

    request(1, head("GET", "/"), "");

    assertThat(run.onlySpan().attributes())
        .containsEntry("http.response.status_code", 503L)
        .containsEntry("error.type", "java.lang.IllegalStateException");
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(it -> assertThat(it.origin()).isEqualTo(ExceptionOrigin.HANDLED));
  }

  @Test
  void streamThatIsReadWhileNettyIsSwitchedOff_isLeftAgain() {
    serve(new Reading(context -> run.switchOff("netty")));

    request(1, head("GET", "/orders"), "");

    assertThat(Tracing.current()).isNull();
    server.close();
    assertThat(run.onlySpan().attributes()).containsEntry("url.path", "/orders");
  }

  @Test
  void requestThatUpgradesAConnection_isItsFirstStream() {
    HttpServerCodec http1 = new HttpServerCodec();
    Http2FrameCodec http2 = Http2FrameCodecBuilder.forServer().build();
    ChannelHandler streams = streams(new Reading(context -> answer(context, 201)));
    server =
        accepted(
            http1,
            new HttpServerUpgradeHandler(
                http1, protocol -> new Http2ServerUpgradeCodec(http2, streams), 100));

    server.writeInbound(
        Unpooled.copiedBuffer(
            "GET /first HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
            StandardCharsets.US_ASCII));

    assertThat(run.onlySpan().attributes())
        .containsEntry("url.path", "/first")
        .containsEntry("network.protocol.version", "2")
        .containsEntry("http.response.status_code", 201L);
    assertThat(run.all(BegunRecord.class)).hasSize(1);
    assertThat(current).isNotEmpty().doesNotContainNull();
  }

  private void assertAborted(SpanRecord span, String path) {
    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes())
        .containsEntry("url.path", path)
        .containsEntry("error.type", "aborted")
        .doesNotContainKey("http.response.status_code");
  }

  private void serve(ChannelHandler... handlers) {
    server = accepted(Http2FrameCodecBuilder.forServer().build(), streams(handlers));
    client.pipeline().addLast(sender);
    exchange();
  }

  /** Only what a server has accepted takes streams. */
  private static EmbeddedChannel accepted(ChannelHandler... handlers) {
    return new EmbeddedChannel(
        new LocalServerChannel(), DefaultChannelId.newInstance(), true, false, handlers);
  }

  private static ChannelHandler streams(ChannelHandler... handlers) {
    return new Http2MultiplexHandler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel stream) {
            stream.pipeline().addLast(handlers);
          }
        });
  }

  private static Http2Headers head(String method, String path) {
    return new DefaultHttp2Headers().method(method).path(path).scheme("http");
  }

  /** Sends a request, with a body unless that is empty. */
  private void request(int stream, Http2Headers head, String body) {
    boolean last = body.isEmpty();
    sender.encoder().writeHeaders(context(), stream, head, 0, last, context().newPromise());
    if (!last) {
      ByteBuf bytes = Unpooled.copiedBuffer(body, StandardCharsets.US_ASCII);
      sender.encoder().writeData(context(), stream, bytes, 0, true, context().newPromise());
    }
    exchange();
  }

  private ChannelHandlerContext context() {
    return client.pipeline().context(sender);
  }

  private void exchange() {
    boolean moved = true;
    while (moved) {
      client.flush();
      moved = move(client, server) | move(server, client);
    }
  }

  private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
    ByteBuf bytes = from.readOutbound();
    if (bytes != null) {
      to.writeInbound(bytes);
    }
    return bytes != null;
  }

  private List<Entry<String, Long>> statusByPath(int spans) {
    return run.spans(spans).stream()
        .map(SpanRecord::attributes)
        .<Entry<String, Long>>map(
            it -> entry((String) it.get("url.path"), (Long) it.get("http.response.status_code")))
        .toList();
  }

  private static void answer(ChannelHandlerContext context, int status) {
    Http2Headers head = new DefaultHttp2Headers().status(String.valueOf(status));
    head.add("x-cache", "hit").add("x-other", "miss");
    context.write(new DefaultHttp2HeadersFrame(head, false));
    context.writeAndFlush(new DefaultHttp2DataFrame(true));
  }

  private static void answerWithAMessage(ChannelHandlerContext context) {
    context.writeAndFlush(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT));
  }

  /** Notes inside which span each part of a request is read, and goes on after the last. */
  @ChannelHandler.Sharable
  private class Reading extends ChannelInboundHandlerAdapter {
    private final Consumer<ChannelHandlerContext> handler;

    Reading(Consumer<ChannelHandlerContext> handler) {
      this.handler = handler;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      current.add(Tracing.current());
      ReferenceCountUtil.release(message);
      if (isLast(message)) {
        handler.accept(context);
      }
    }

    private static boolean isLast(Object message) {
      return message instanceof LastHttpContent
          || message instanceof Http2HeadersFrame head && head.isEndStream()
          || message instanceof Http2DataFrame data && data.isEndStream();
    }
  }
}
