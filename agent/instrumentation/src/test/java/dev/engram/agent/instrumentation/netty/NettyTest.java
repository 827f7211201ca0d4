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
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
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
import java.util.Map.Entry;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the channel that Netty has for tests, whose pipeline is that of any other. */
class NettyTest {
  private static final String HEADERS =
      "capture.request-headers=Host,X-Tag,Cookie;capture.response-headers=X-Cache,Set-Cookie";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private EmbeddedChannel channel = new EmbeddedChannel();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void request_isOneServerSpan() {
    serve((context, request) -> answer(context, 201));

    send("GET /orders/7?page=2 HTTP/1.1\r\nHost: shop\r\nUser-Agent: test\r\n\r\n");

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
    channel = new EmbeddedChannel();
    channel
        .pipeline()
        .addLast(names.get(0), new HttpRequestDecoder())
        .addLast(names.get(1), new HttpResponseEncoder())
        .addLast(names.get(2), new Handler((context, request) -> answer(context, 200)));

    send("GET http://shop:8080/orders HTTP/1.1\r\n\r\n");

    assertThat(run.onlySpan().attributes()).containsEntry("url.path", "/orders");
    assertThat(channel.pipeline().names()).containsSubsequence(names).hasSize(4);
  }

  @Test
  void traceparent_isContinued() {
    serve((context, request) -> answer(context, 200));

    send(
        "GET / HTTP/1.1\r\n"
            + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n");

    assertThat(run.onlySpan().traceIdHigh()).isEqualTo(0x0af7651916cd43ddL);
    assertThat(run.onlySpan().parentSpanId()).isEqualTo(0xb7ad6b7169203331L);
  }

  @Test
  void headers_areThoseOfTheList_andSecretsAreHidden() {
    HttpCapture.start(Configuration.of(HEADERS));
    serve(NettyTest::answerWithHeaders);

    send(
        "GET / HTTP/1.1\r\nHost: shop\r\nX-Tag: a\r\nx-tag: b\r\nX-Other: c\r\n"
            + "Content-Type: text/plain\r\nCookie: id=1\r\n\r\n");

    assertHeaders(run.onlySpan());
  }

  @Test
  void pipelinedRequests_areEachTheirOwn_inTheOrderOfTheirAnswers() {
    List<OpenSpan> current = new ArrayList<>();
    serve((context, request) -> current.add(Objects.requireNonNull(Tracing.current())));

    send("GET /first HTTP/1.1\r\n\r\nGET /second HTTP/1.1\r\n\r\n");
    answerInside(current.get(0), 200);
    answerInside(current.get(1), 404);

    assertThat(statusByPath(2)).containsExactly(entry("/first", 200L), entry("/second", 404L));
    assertThat(current).doesNotHaveDuplicates();
  }

  @Test
  void pipelinedRequestsAnsweredInARow_areEachTheirOwn() {
    List<OpenSpan> current = new ArrayList<>();
    serve((context, request) -> current.add(Objects.requireNonNull(Tracing.current())));

    send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n");
    answerInside(current.get(0), 200);
    answerInside(current.get(0), 404);
    answerInside(current.get(0), 201);

    assertThat(statusByPath(3))
        .containsExactly(entry("/1", 200L), entry("/2", 404L), entry("/3", 201L));
  }

  @Test
  void answerOutsideOfItsRequest_isThatOfTheOnlyOne() {
    serve((context, request) -> {});

    send("GET /first HTTP/1.1\r\n\r\n");
    answer(200);
    send("GET /second HTTP/1.1\r\n\r\n");
    answer(404);

    assertThat(statusByPath(2)).containsExactly(entry("/first", 200L), entry("/second", 404L));
  }

  @Test
  void answerThatMayBeOfOneOrTheOther_isGivenToNeither() {
    serveAllBut("/later");

    send("GET /later HTTP/1.1\r\n\r\nGET /later HTTP/1.1\r\n\r\n");
    answer(200);
    answer(404);
    send("GET /third HTTP/1.1\r\n\r\n");

    assertThat(statuses(3)).containsExactly(null, null, 201L);
    assertThat(run.spans()).allMatch(span -> span.status() == SpanStatus.UNSET);
  }

  @Test
  void answerInPlainBytes_isNotMistakenForThatOfTheNext() {
    serve(
        (context, request) -> {
          if (request.uri().equals("/bytes")) {
            ByteBuf bytes = ascii("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n");
            channel.pipeline().context(HttpServerCodec.class).writeAndFlush(bytes);
          } else {
            answer(context, 201);
          }
        });

    send("GET /bytes HTTP/1.1\r\n\r\n");
    send("GET /second HTTP/1.1\r\n\r\n");
    send("GET /third HTTP/1.1\r\n\r\n");
    send("GET /fourth HTTP/1.1\r\n\r\n");

    assertThat(statuses(4)).containsExactly(null, null, 201L, 201L);
    assertThat(run.spans()).allMatch(span -> span.status() == SpanStatus.UNSET);
  }

  @Test
  void requestsWhoseAnswersAreNotSeen_areNotHeldWithoutLimit() {
    serve((context, request) -> {});

    for (int i = 0; i < 100; i++) {
      send("GET / HTTP/1.1\r\n\r\n");
    }

    assertThat(run.spans()).hasSizeGreaterThan(60);
    channel.close();
    run.spans(100);
  }

  @Test
  void requestsInFlightWhileSwitchedOff_takeNoAnswerOfAnother() {
    serveAllBut("/later");

    send("GET /later HTTP/1.1\r\n\r\n");
    run.without(
        "netty",
        () -> {
          answer(500);
          send("GET /later HTTP/1.1\r\n\r\n");
        });
    answer(404);
    send("GET /third HTTP/1.1\r\n\r\n");

    assertThat(statuses(2)).containsExactly(null, 201L);
    assertThat(run.spans()).allMatch(span -> span.status() == SpanStatus.UNSET);
  }

  @Test
  void connectionOpenedWhileSwitchedOff_isInDoubtUntilAnAnswerComesFromItsRequest() {
    run.without(
        "netty",
        () -> {
          serveAllBut("/later");
          send("GET /later HTTP/1.1\r\n\r\n");
        });

    send("GET /later HTTP/1.1\r\n\r\n");
    answer(404);
    send("GET /third HTTP/1.1\r\n\r\n");
    send("GET /later HTTP/1.1\r\n\r\n");
    answer(200);

    assertThat(statuses(3)).containsExactly(null, 201L, 200L);
  }

  @Test
  void requestInDoubt_endsWithTheNextAnswer() {
    run.without("netty", () -> serve((context, request) -> {}));

    send("GET /later HTTP/1.1\r\n\r\n");
    answer(103);
    assertThat(run.spans()).isEmpty();
    answer(200);

    assertThat(statuses(1)).containsOnlyNulls();
    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.UNSET);
  }

  @Test
  void connectionOpenedAfterASwitch_isNotInDoubt() {
    run.without("netty", () -> {});
    serveAllBut("/later");

    send("GET /later HTTP/1.1\r\n\r\n");
    answer(404);

    assertThat(statuses(1)).containsExactly(404L);
  }

  @Test
  void bodyOfARequestThatArrivedWhileSwitchedOff_isNotReadInsideAnother() {
    List<OpenSpan> current = new ArrayList<>();
    channel = new EmbeddedChannel(new HttpServerCodec(), new CurrentSpans(current));
    send("GET /seen HTTP/1.1\r\n\r\n");
    run.without("netty", () -> send("POST /unseen HTTP/1.1\r\nContent-Length: 4\r\n\r\nab"));
    current.clear();

    send("cd");
    channel.close();

    assertThat(current).isNotEmpty().containsOnlyNulls();
    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.UNSET);
  }

  @Test
  void body_isReadInsideItsRequest() {
    List<OpenSpan> current = new ArrayList<>();
    channel = new EmbeddedChannel();
    channel
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

    send("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    assertThat(Tracing.current()).isNull();
    send("cd");

    run.onlySpan();
    assertThat(current).hasSizeGreaterThanOrEqualTo(3).containsOnly(current.get(0));
  }

  @Test
  void streamedResponse_endsWithItsLastPart() {
    serve(
        (context, request) -> {
          HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
          head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
          context.writeAndFlush(head);
        });

    send("GET / HTTP/1.1\r\n\r\n");
    channel.writeOutbound(
        new DefaultHttpContent(Unpooled.copiedBuffer("x", StandardCharsets.UTF_8)));
    assertThat(run.spans()).isEmpty();
    channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);

    assertThat(run.onlySpan().attributes()).containsEntry("http.response.status_code", 200L);
  }

  @Test
  void responseToHead_endsTheRequest() {
    serve((context, request) -> answer(context, 200));

    send("HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");

    assertThat(run.spans(2)).extracting(SpanRecord::name).containsExactly("HEAD", "GET");
  }

  @Test
  void interimResponse_doesNotEndTheRequest() {
    channel = new EmbeddedChannel();
    channel
        .pipeline()
        .addLast(new HttpServerCodec())
        .addLast(new HttpServerExpectContinueHandler())
        .addLast(new HttpObjectAggregator(100))
        .addLast(new Handler((context, request) -> answer(context, 202)));

    send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assertThat(run.spans()).isEmpty();
    send("ab");

    assertThat(run.onlySpan().attributes()).containsEntry("http.response.status_code", 202L);
  }

  @Test
  void connectionThatCloses_endsWhatIsUnanswered() {
    serve((context, request) -> {});

    send("GET /first HTTP/1.1\r\n\r\nGET /second HTTP/1.1\r\n\r\n");
    channel.close();

    assertThat(run.spans(2))
        .allSatisfy(
            span -> {
              assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
              assertThat(span.attributes())
                  .containsEntry("error.type", "aborted")
                  .doesNotContainKey("http.response.status_code");
            });
  }

  @Test
  void unreadableRequest_hasNoMethodOfItsOwn() {
    serve((context, request) -> answer(context, request.decoderResult().isFailure() ? 400 : 200));

    send("NONSENSE\r\n\r\n");

    SpanRecord span = run.onlySpan();
    assertThat(span.name()).isEqualTo("HTTP");
    assertThat(span.attributes())
        .containsEntry("http.request.method", "_OTHER")
        .containsEntry("http.response.status_code", 400L);
  }

  @Test
  void exceptionThatIsAnswered_isHandled() {
    serve(
        (context, request) -> {
          throw new IllegalStateException("broken handler");
        },
        (context, thrown) -> answer(context, 503));

    send("GET / HTTP/1.1\r\n\r\n");

    assertThat(run.onlySpan().attributes())
        .containsEntry("http.response.status_code", 503L)
        .containsEntry("error.type", "java.lang.IllegalStateException");
    assertOnlyException(ExceptionOrigin.HANDLED);
  }

  @Test
  void exceptionAnsweredAsTheCallersMistake_isNotRemembered() {
    serve(
        (context, request) -> {
          throw new IllegalArgumentException("bad input");
        },
        (context, thrown) -> answer(context, 400));

    send("GET / HTTP/1.1\r\n\r\n");

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.UNSET);
    assertThat(run.exceptions()).isEmpty();
  }

  @Test
  void exceptionThatClosesTheConnection_hasEscaped() {
    serve(
        (context, request) -> {
          throw new IllegalStateException("broken handler");
        },
        (context, thrown) -> context.close());

    send("GET / HTTP/1.1\r\n\r\n");

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.ERROR);
    assertOnlyException(ExceptionOrigin.ESCAPED);
  }

  @Test
  void exceptionAfterTheAnswer_isRememberedWithItsRequest() {
    serve(
        (context, request) -> {
          answer(context, 200);
          throw new IllegalStateException("failed after the answer");
        },
        (context, thrown) -> context.close());

    send("GET / HTTP/1.1\r\n\r\n");

    SpanRecord span = run.onlySpan();
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(it -> assertThat(it.spanId()).isEqualTo(span.spanId()));
  }

  @Test
  void requestWhoseUpgradeIsRefused_isOneLikeOthers() {
    channel = new EmbeddedChannel();
    HttpServerCodec codec = new HttpServerCodec();
    channel
        .pipeline()
        .addLast(codec)
        .addLast(new HttpServerUpgradeHandler(codec, protocol -> null))
        .addLast(new Handler((context, request) -> answer(context, 200)));

    send("GET /first HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
    send("GET /second HTTP/1.1\r\n\r\n");

    assertThat(statusByPath(2)).containsExactly(entry("/first", 200L), entry("/second", 200L));
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

  private void assertOnlyException(ExceptionOrigin origin) {
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(it -> assertThat(it.origin()).isEqualTo(origin));
  }

  private void serve(BiConsumer<ChannelHandlerContext, HttpRequest> handler) {
    channel = new EmbeddedChannel(new HttpServerCodec(), new Handler(handler));
  }

  private void serve(
      BiConsumer<ChannelHandlerContext, HttpRequest> handler,
      BiConsumer<ChannelHandlerContext, Throwable> onException) {
    ChannelHandler catching =
        new Handler(handler) {
          @Override
          public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            onException.accept(context, thrown);
          }
        };
    channel = new EmbeddedChannel(new HttpServerCodec(), catching);
  }

  /** Answers all but requests of this path with a 201. */
  private void serveAllBut(String path) {
    serve(
        (context, request) -> {
          if (!request.uri().equals(path)) {
            answer(context, 201);
          }
        });
  }

  private void send(String text) {
    channel.writeInbound(ascii(text));
  }

  private void answerInside(OpenSpan span, int status) {
    span.enter();
    answer(status);
    span.leave();
  }

  /** From outside of any request. */
  private void answer(int status) {
    answer(channel.pipeline().lastContext(), status);
  }

  private List<Entry<String, Long>> statusByPath(int spans) {
    return run.spans(spans).stream()
        .map(SpanRecord::attributes)
        .<Entry<String, Long>>map(
            it -> entry((String) it.get("url.path"), (Long) it.get("http.response.status_code")))
        .toList();
  }

  private List<Object> statuses(int spans) {
    return run.spans(spans).stream()
        .map(span -> span.attributes().get("http.response.status_code"))
        .toList();
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  private static void answerWithHeaders(ChannelHandlerContext context, HttpRequest request) {
    FullHttpResponse response = response(503);
    response.headers().set("X-Cache", List.of("hit", "stale")).set("Retry-After", "7");
    response.headers().set("Set-Cookie", "id=2").set("X-Other", "d");
    context.writeAndFlush(response).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private static FullHttpResponse response(int status) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    return response;
  }

  private static void answer(ChannelHandlerContext context, int status) {
    context
        .writeAndFlush(response(status))
        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private static class CurrentSpans extends ChannelInboundHandlerAdapter {
    private final List<OpenSpan> current;

    CurrentSpans(List<OpenSpan> current) {
      this.current = current;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      current.add(Tracing.current());
    }
  }

  private static class Handler extends ChannelInboundHandlerAdapter {
    private final BiConsumer<ChannelHandlerContext, HttpRequest> handler;

    Handler(BiConsumer<ChannelHandlerContext, HttpRequest> handler) {
      this.handler = handler;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        handler.accept(context, request);
      }
    }
  }
}
