package dev.engram.agent.instrumentation.helidon;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks the routing of Helidon SE 4, above its HTTP/1 and HTTP/2, its error handling, and how
 * HTTP/1 answers what the routing throws.
 */
public final class HelidonInstrumentation implements InstrumentationModule {
  private static final String HTTP = "io.helidon.webserver.http.";
  private static final String HERE = "dev.engram.agent.instrumentation.helidon.";

  @Override
  public String name() {
    return "helidon";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(HTTP + "HttpRouting", HTTP + "HttpRoutingImpl"),
            new MethodAdvice(
                named("route").and(takesArguments(3)).and(not(isAbstract())),
                HERE + "RouteAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(HTTP + "ErrorHandlers"),
            new MethodAdvice(
                namedOneOf("handleError", "unhandledError")
                    .and(takesArgument(3, named("java.lang.Throwable"))),
                HERE + "CaughtAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("io.helidon.http.DirectHandler$TransportResponse"),
            new MethodAdvice(named("status").and(takesArguments(0)), HERE + "AnsweringAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("io.helidon.webserver.http1.Http1Connection"),
            new MethodAdvice(named("handle").and(takesArguments(1)), HERE + "ConnectionAdvice")));
  }
}
