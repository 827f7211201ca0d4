package dev.engram.agent.instrumentation.netty;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import java.util.Set;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Hooks what decoders hand on and encoders take, the messages of HTTP/1.1 and the frames of HTTP/2,
 * whichever handlers an application, Reactor Netty or Vert.x has around them. The names hold for
 * Netty 4.1 and 4.2.
 */
public final class NettyInstrumentation implements InstrumentationModule {
  private static final String CODEC = "io.netty.handler.codec.";
  private static final String HTTP2 = CODEC + "http2.";
  private static final String HERE = "dev.engram.agent.instrumentation.netty.";

  /** Decodes other protocols too, where there may be no HTTP at all, such as for MongoDB. */
  private static final TypeMatch DECODER =
      new TypeMatch(
          Set.of(),
          CODEC + "http.HttpRequest",
          List.of(CODEC + "ByteToMessageDecoder"),
          named(CODEC + "ByteToMessageDecoder"),
          List.of());

  @Override
  public String name() {
    return "netty";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            DECODER,
            advice(
                named("fireChannelRead")
                    .and(isStatic())
                    .and(takesArgument(1, named(CODEC + "CodecOutputList"))),
                "ReadAdvice")),
        on(
            CODEC + "http.HttpObjectEncoder",
            advice(named("encode").and(takesArguments(3)), "WriteAdvice")),
        on(
            HTTP2 + "DefaultHttp2ConnectionDecoder$FrameReadListener",
            advice(named("onHeadersRead").and(takesArguments(8)), "FrameAdvice"),
            advice(named("onDataRead").and(takesArguments(5)), "FrameAdvice"),
            advice(named("onRstStreamRead").and(takesArguments(3)), "CancelAdvice")),
        on(
            HTTP2 + "DefaultHttp2ConnectionEncoder",
            advice(namedOneOf("writeHeaders", "writeData").and(isPublic()), "FrameWrittenAdvice")),
        on(
            HTTP2 + "Http2ConnectionHandler",
            advice(
                named("resetStream").and(takesArgument(1, named(HTTP2 + "Http2Stream"))),
                "ResetAdvice")),
        on(
            CODEC + "MessageToMessageCodec",
            advice(named("channelRead").and(takesArguments(2)), "StreamAdvice")),
        on("io.netty.channel.AbstractChannel", advice(isConstructor(), "OpenAdvice")),
        on(
            "io.netty.channel.AbstractChannelHandlerContext",
            advice(named("invokeExceptionCaught").and(takesArguments(1)), "ExceptionAdvice")));
  }

  private static TypeInstrumentation on(String type, MethodAdvice... advice) {
    return TypeInstrumentation.of(TypeMatch.named(type), advice);
  }

  private static MethodAdvice advice(
      ElementMatcher<? super MethodDescription> methods, String adviceClass) {
    return new MethodAdvice(methods, HERE + adviceClass);
  }
}
