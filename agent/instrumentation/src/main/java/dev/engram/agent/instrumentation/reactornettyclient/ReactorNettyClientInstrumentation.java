package dev.engram.agent.instrumentation.reactornettyclient;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks the client by name; the names hold for Reactor Netty 1.0 to 1.3. */
public final class ReactorNettyClientInstrumentation implements InstrumentationModule {
  private static final String HTTP = "reactor.netty.http.";
  private static final String CLIENT = HTTP + "client.";
  private static final String HERE = "dev.engram.agent.instrumentation.reactornettyclient.";

  @Override
  public String name() {
    return "reactor-netty-client";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(CLIENT + "HttpClientConnect$HttpClientHandler"),
            new MethodAdvice(isConstructor().and(takesArguments(1)), HERE + "CallAdvice"),
            new MethodAdvice(
                named("requestWithBody").and(takesArguments(1)), HERE + "AttemptAdvice"),
            new MethodAdvice(
                named("test").and(takesArguments(Throwable.class)), HERE + "ErrorAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(CLIENT + "HttpClientConnect$HttpIOHandlerObserver"),
            new MethodAdvice(
                named("onStateChange").and(takesArguments(2)), HERE + "ObserverAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(HTTP + "HttpOperations"),
            new MethodAdvice(named("markSentHeaders").and(takesArguments(1)), HERE + "HeadAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("reactor.netty.channel.ChannelOperations"),
            new MethodAdvice(
                named("onInboundError").and(takesArguments(1)), HERE + "BrokenAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(CLIENT + "HttpClientOperations"),
            new MethodAdvice(
                named("newFullBodyMessage").and(takesArguments(1)), HERE + "BodyAdvice"),
            new MethodAdvice(
                named("newFullBodyMessage").and(takesNoArguments()), HERE + "EmptyBodyAdvice"),
            new MethodAdvice(
                named("setNettyResponse").and(takesArguments(1)), HERE + "ResponseAdvice"),
            new MethodAdvice(named("onInboundNext").and(takesArguments(2)), HERE + "ReadAdvice"),
            new MethodAdvice(
                named("onInboundClose").and(takesNoArguments()), HERE + "CloseAdvice")));
  }
}
