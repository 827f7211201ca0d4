package dev.engram.agent.instrumentation.recall;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Fills the API's empty method. */
public final class RecallInstrumentation implements InstrumentationModule {
  @Override
  public String name() {
    return "recall";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("dev.engram.agent.api.Engram"),
            new MethodAdvice(
                named("answer").and(takesArguments(2)),
                "dev.engram.agent.instrumentation.recall.AnswerAdvice")));
  }
}
