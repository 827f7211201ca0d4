package dev.engram.agent.instrumentation.jul;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks the one method that all others of a logger of the JDK come to. By names alone: the class is
 * not loaded, and its module may be absent.
 */
public final class JulInstrumentation implements InstrumentationModule {
  private static final String LOGGING = "java.util.logging.";

  @Override
  public String name() {
    return "java-util-logging";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(LOGGING + "Logger"),
            new MethodAdvice(
                named("log")
                    .and(takesArguments(1))
                    .and(takesArgument(0, named(LOGGING + "LogRecord"))),
                "dev.engram.agent.instrumentation.jul.LogAdvice")));
  }
}
