package dev.engram.agent.instrumentation.slf4jsimple;

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
 * Hooks what writes an event that its level has let pass; and before it, since version 2, what
 * still knows the template.
 */
public final class Slf4jSimpleInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.slf4jsimple.";

  @Override
  public String name() {
    return "slf4j-simple";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("org.slf4j.simple.SimpleLogger", "org.slf4j.impl.SimpleLogger"),
            new MethodAdvice(
                named("innerHandleNormalizedLoggingCall")
                    .and(takesArguments(5))
                    .and(takesArgument(2, String.class))
                    .and(takesArgument(4, Throwable.class)),
                HERE + "LogAdvice"),
            new MethodAdvice(
                named("write").and(takesArguments(2)).and(takesArgument(1, Throwable.class)),
                HERE + "WriteAdvice")));
  }
}
