package dev.engram.agent.instrumentation.temporal;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks the innermost of the interceptors that workers call workflows and activities through. */
public final class TemporalInstrumentation implements InstrumentationModule {
  private static final String INTERNAL = "io.temporal.internal.";
  private static final String HERE = "dev.engram.agent.instrumentation.temporal.";

  @Override
  public String name() {
    return "temporal";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(
                INTERNAL
                    + "sync.POJOWorkflowImplementationFactory$POJOWorkflowImplementation"
                    + "$RootWorkflowInboundCallsInterceptor",
                INTERNAL
                    + "sync.DynamicSyncWorkflowDefinition$RootWorkflowInboundCallsInterceptor"),
            new MethodAdvice(named("execute").and(takesArguments(1)), HERE + "WorkflowAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(INTERNAL + "activity.RootActivityInboundCallsInterceptor"),
            new MethodAdvice(named("execute").and(takesArguments(1)), HERE + "ActivityAdvice")));
  }
}
