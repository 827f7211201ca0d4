package dev.engram.agent.instrumentation.springbatch;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks what runs every job and every step, whatever they are made of, and the question how often a
 * step was started before, which Spring Batch asks its repository itself.
 */
public final class SpringBatchInstrumentation implements InstrumentationModule {
  private static final String BATCH = "org.springframework.batch.core.";
  private static final String HERE = "dev.engram.agent.instrumentation.springbatch.";

  @Override
  public String name() {
    return "spring-batch";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(BATCH + "job.AbstractJob"),
            new MethodAdvice(named("execute").and(takesArguments(1)), HERE + "JobAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(BATCH + "step.AbstractStep"),
            new MethodAdvice(named("execute").and(takesArguments(1)), HERE + "StepAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(
                BATCH + "repository.support.SimpleJobRepository",
                BATCH + "repository.explore.support.SimpleJobExplorer"),
            new MethodAdvice(
                named("getStepExecutionCount").and(takesArguments(2)), HERE + "StartsAdvice")));
  }
}
