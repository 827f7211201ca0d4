package dev.engram.agent.instrumentation.jdkhttpserver;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import java.util.stream.Stream;

/** Hooks the server of the JDK by name; the names hold for JDK 17 to 25. */
public final class JdkHttpServerInstrumentation implements InstrumentationModule {
  private static final String SERVER = "sun.net.httpserver.";
  private static final String HERE = "dev.engram.agent.instrumentation.jdkhttpserver.";

  @Override
  public String name() {
    return "jdk-http-server";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return configuration.number(Settings.CAPTURE_BODY_LIMIT) == 0
        ? exchanges()
        : Stream.concat(exchanges().stream(), bodies().stream()).toList();
  }

  private static List<TypeInstrumentation> bodies() {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(SERVER + "LeftOverInputStream"),
            new MethodAdvice(named("read").and(takesNoArguments()), HERE + "ReadByteAdvice"),
            new MethodAdvice(named("read").and(takesArguments(3)), HERE + "ReadAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(
                SERVER + "FixedLengthOutputStream",
                SERVER + "ChunkedOutputStream",
                SERVER + "UndefLengthOutputStream"),
            new MethodAdvice(named("write").and(takesArguments(1)), HERE + "WriteByteAdvice"),
            new MethodAdvice(named("write").and(takesArguments(3)), HERE + "WriteAdvice")));
  }

  private static List<TypeInstrumentation> exchanges() {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(SERVER + "HttpExchangeImpl", SERVER + "HttpsExchangeImpl"),
            new MethodAdvice(isConstructor().and(takesArguments(1)), HERE + "NewExchangeAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(SERVER + "ServerImpl$Exchange"),
            new MethodAdvice(named("run").and(takesNoArguments()), HERE + "ServeAdvice"),
            new MethodAdvice(named("reject").and(takesArguments(3)), HERE + "RejectAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("com.sun.net.httpserver.Filter$Chain"),
            new MethodAdvice(named("doFilter").and(takesArguments(1)), HERE + "ChainAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(SERVER + "ExchangeImpl"),
            new MethodAdvice(
                named("sendResponseHeaders").and(takesArguments(2)), HERE + "StatusAdvice"),
            new MethodAdvice(named("close").and(takesNoArguments()), HERE + "CloseAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(SERVER + "WriteFinishedEvent", SERVER + "Event$WriteFinished"),
            new MethodAdvice(
                isConstructor().and(takesArguments(1)), HERE + "WriteFinishedAdvice")));
  }
}
