package dev.engram.agent.instrumentation.jersey;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks Jersey 3 and 4 where a resource method was chosen, and where an exception is mapped. */
public final class JerseyInstrumentation implements InstrumentationModule {
  private static final String SERVER = "org.glassfish.jersey.server.";
  private static final String HERE = "dev.engram.agent.instrumentation.jersey.";

  @Override
  public String name() {
    return "jersey";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(SERVER + "model.ResourceMethodInvoker"),
            new MethodAdvice(
                named("apply")
                    .and(takesArguments(1))
                    .and(
                        takesArgument(
                            0, named(SERVER + "internal.process.RequestProcessingContext"))),
                HERE + "MatchedAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(SERVER + "ServerRuntime$Responder"),
            new MethodAdvice(
                named("process")
                    .and(takesArguments(1))
                    .and(takesArgument(0, named("java.lang.Throwable"))),
                HERE + "CaughtAdvice")));
  }
}
