package dev.engram.agent.instrumentation.reactornetty;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks the server by name; the names hold for Reactor Netty 1.0 to 1.3. */
public final class ReactorNettyInstrumentation implements InstrumentationModule {
  private static final String SERVER = "reactor.netty.http.server.";
  private static final String HERE = "dev.engram.agent.instrumentation.reactornetty.";

  @Override
  public String name() {
    return "reactor-netty";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(SERVER + "HttpServer$HttpServerHandle"),
            new MethodAdvice(
                named("onStateChange").and(takesArguments(2)), HERE + "HandlerAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(SERVER + "HttpServerOperations"),
            new MethodAdvice(
                named("onOutboundError").and(takesArguments(1)), HERE + "ErrorAdvice")));
  }
}
