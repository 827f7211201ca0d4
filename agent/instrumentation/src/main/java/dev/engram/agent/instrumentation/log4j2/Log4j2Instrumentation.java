package dev.engram.agent.instrumentation.log4j2;

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
 * Hooks where the loggers of log4j-core take a message that its level has let pass, on the thread
 * that logs: an asynchronous logger hands it to another.
 */
public final class Log4j2Instrumentation implements InstrumentationModule {
  private static final String CORE = "org.apache.logging.log4j.core.";
  private static final String HERE = "dev.engram.agent.instrumentation.log4j2.";

  @Override
  public String name() {
    return "log4j-2";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(CORE + "Logger", CORE + "async.AsyncLogger"),
            new MethodAdvice(
                named("logMessage").and(takesArguments(5)).and(takesArgument(4, Throwable.class)),
                HERE + "LogMessageAdvice"),
            new MethodAdvice(
                named("log").and(takesArguments(6)).and(takesArgument(5, Throwable.class)),
                HERE + "LogAdvice")));
  }
}
