package dev.engram.agent.instrumentation.vertx;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks Vert.x by name; the names hold for 4.0 to 5.1. */
public final class VertxInstrumentation implements InstrumentationModule {
  private static final String HTTP = "io.vertx.core.http.impl.";
  private static final String WEB = "io.vertx.ext.web.impl.";
  private static final String HERE = "dev.engram.agent.instrumentation.vertx.";

  @Override
  public String name() {
    return "vertx";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(HTTP + "Http1xServerConnection", HTTP + "http1.Http1ServerConnection"),
            new MethodAdvice(named("handleNext").and(takesArguments(1)), HERE + "NextAdvice"),
            new MethodAdvice(
                namedOneOf("responseComplete", "handleClosed").and(takesNoArguments()),
                HERE + "EndAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(
                HTTP + "Http2ServerResponseImpl",
                HTTP + "Http2ServerResponse",
                HTTP + "HttpServerResponseImpl"),
            new MethodAdvice(named("handleClose"), HERE + "CloseAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(WEB + "RoutingContextImpl"),
            new MethodAdvice(isConstructor(), HERE + "RoutingAdvice"),
            new MethodAdvice(named("fail").and(takesArguments(2)), HERE + "FailureAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(WEB + "RouteState"),
            new MethodAdvice(named("handleContext").and(takesArguments(1)), HERE + "RouteAdvice")));
  }
}
