package dev.engram.agent.instrumentation.flowable;

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
 * Hooks the operations that move a process instance on, and the end of the command they belong to,
 * which commits or rolls back all of them.
 */
public final class FlowableInstrumentation implements InstrumentationModule {
  private static final String ENGINE = "org.flowable.engine.impl.";
  private static final String HERE = "dev.engram.agent.instrumentation.flowable.";

  @Override
  public String name() {
    return "flowable";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(ENGINE + "interceptor.CommandInvoker"),
            new MethodAdvice(
                named("executeOperation").and(takesArguments(2)), HERE + "OperationAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("org.flowable.common.engine.impl.interceptor.CommandContext"),
            new MethodAdvice(named("close").and(takesNoArguments()), HERE + "CloseAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(ENGINE + "agenda.ContinueProcessOperation"),
            new MethodAdvice(
                named("continueThroughSequenceFlow").and(takesArguments(1)), HERE + "FlowAdvice"),
            new MethodAdvice(
                named("executeActivityBehavior").and(takesArguments(2)), HERE + "ActivityAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(ENGINE + "agenda.ContinueMultiInstanceOperation"),
            new MethodAdvice(
                named("executeSynchronous").and(takesArguments(1)), HERE + "InstanceAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(ENGINE + "agenda.TriggerExecutionOperation"),
            new MethodAdvice(named("run").and(takesNoArguments()), HERE + "TriggerAdvice")));
  }
}
