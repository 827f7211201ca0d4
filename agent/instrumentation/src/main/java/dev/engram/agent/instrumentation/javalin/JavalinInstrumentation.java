package dev.engram.agent.instrumentation.javalin;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks Javalin 6 and 7 before a handler, and where an exception is mapped. */
public final class JavalinInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.javalin.";

  @Override
  public String name() {
    return "javalin";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("io.javalin.router.ParsedEndpoint"),
            new MethodAdvice(
                namedOneOf("handle", "handleWithPathParams$javalin").and(takesArguments(2)),
                HERE + "MatchedAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("io.javalin.router.exception.ExceptionMapper"),
            new MethodAdvice(
                named("handle$javalin").and(takesArguments(2)), HERE + "CaughtAdvice")));
  }
}
