package dev.engram.agent.instrumentation.quartz;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks what runs a job that is due, because jobs are often lambdas or made by a factory: the
 * whole, and where it tells its listeners that an execution begins and has ended.
 */
public final class QuartzInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.quartz.";

  @Override
  public String name() {
    return "quartz";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("org.quartz.core.JobRunShell"),
            new MethodAdvice(named("run").and(takesNoArguments()), HERE + "RunAdvice"),
            new MethodAdvice(
                named("notifyListenersBeginning").and(takesArguments(1)), HERE + "BeginsAdvice"),
            new MethodAdvice(
                named("notifyJobListenersComplete").and(takesArguments(2)),
                HERE + "CompleteAdvice")));
  }
}
