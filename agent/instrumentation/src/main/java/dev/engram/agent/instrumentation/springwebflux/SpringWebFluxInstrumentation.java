package dev.engram.agent.instrumentation.springwebflux;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Hooks WebFlux by name; the names hold for Spring 5.3 to 7.0. */
public final class SpringWebFluxInstrumentation implements InstrumentationModule {
  private static final String SERVER = "org.springframework.web.server.";
  private static final String REACTIVE = "org.springframework.web.reactive.";
  private static final String HERE = "dev.engram.agent.instrumentation.springwebflux.";

  @Override
  public String name() {
    return "spring-webflux";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        on(SERVER + "adapter.DefaultServerWebExchange", isConstructor(), "ExchangeAdvice"),
        on(
            REACTIVE + "DispatcherHandler",
            namedOneOf("invokeHandler", "handleRequestWith").and(takesArguments(2)),
            "HandlerAdvice"),
        on(
            SERVER + "handler.ExceptionHandlingWebHandler$CheckpointInsertingHandler",
            named("handle").and(takesArguments(2)),
            "ExceptionAdvice"),
        on(
            REACTIVE + "result.method.annotation.RequestMappingHandlerAdapter",
            named("handleException").and(takesArguments(4)),
            "ExceptionAdvice"));
  }

  private static TypeInstrumentation on(
      String type, ElementMatcher<? super MethodDescription> methods, String adviceClass) {
    return TypeInstrumentation.of(
        TypeMatch.named(type), new MethodAdvice(methods, HERE + adviceClass));
  }
}
