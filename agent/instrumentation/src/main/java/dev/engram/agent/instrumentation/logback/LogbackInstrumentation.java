package dev.engram.agent.instrumentation.logback;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks where a logger hands an event to its appenders: levels and filters have let it pass. */
public final class LogbackInstrumentation implements InstrumentationModule {
  @Override
  public String name() {
    return "logback";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("ch.qos.logback.classic.Logger"),
            new MethodAdvice(
                named("callAppenders").and(takesArguments(1)),
                "dev.engram.agent.instrumentation.logback.CallAppendersAdvice")));
  }
}
