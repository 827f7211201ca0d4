package dev.engram.agent.instrumentation.netty;

import static org.assertj.core.api.Assertions.entry;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.SpanRecord;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map.Entry;
import java.util.function.BiConsumer;

/** A connection to a server of Netty, on the channel that Netty has for tests. */
final class ServedChannel {
  EmbeddedChannel channel = new EmbeddedChannel();
  private final RecordedRun run;

  /** What is remembered of its requests is looked for in this. */
  ServedChannel(RecordedRun run) {
    this.run = run;
  }

  void close() {
    channel.finishAndReleaseAll();
  }

  void serve(BiConsumer<ChannelHandlerContext, HttpRequest> handler) {
    channel = new EmbeddedChannel(new HttpServerCodec(), new Handler(handler));
  }

  void serve(
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
  void serveAllBut(String path) {
    serve(
        (context, request) -> {
          if (!request.uri().equals(path)) {
            answer(context, 201);
          }
        });
  }

  void send(String text) {
    channel.writeInbound(ascii(text));
  }

  void answerInside(OpenSpan span, int status) {
    span.enter();
    answer(status);
    span.leave();
  }

  /** From outside of any request. */
  void answer(int status) {
    answer(channel.pipeline().lastContext(), status);
  }

  List<Entry<String, Long>> statusByPath(int spans) {
    return run.spans(spans).stream()
        .map(SpanRecord::attributes)
        .<Entry<String, Long>>map(
            it -> entry((String) it.get("url.path"), (Long) it.get("http.response.status_code")))
        .toList();
  }

  List<Object> statuses(int spans) {
    return run.spans(spans).stream()
        .map(span -> span.attributes().get("http.response.status_code"))
        .toList();
  }

  static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  static FullHttpResponse response(int status) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    return response;
  }

  static void answer(ChannelHandlerContext context, int status) {
    context
        .writeAndFlush(response(status))
        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  static class CurrentSpans extends ChannelInboundHandlerAdapter {
    private final List<OpenSpan> current;

    CurrentSpans(List<OpenSpan> current) {
      this.current = current;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      current.add(Tracing.current());
    }
  }

  static class Handler extends ChannelInboundHandlerAdapter {
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
