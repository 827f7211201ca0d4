package dev.engram.agent.instrumentation.langchain4jagentic;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.lang.reflect.Method;
import java.util.List;

/** Hooks where a system of agents is called, where it chooses and where it calls each of them. */
public final class LangChain4jAgenticInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.langchain4jagentic.";
  private static final String AGENTIC = "dev.langchain4j.agentic.";
  private static final String INTERNAL = AGENTIC + "internal.";

  @Override
  public String name() {
    return "langchain4j-agentic";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(INTERNAL + "PlannerBasedInvocationHandler"),
            new MethodAdvice(
                named("executeAgentMethod")
                    .and(takesArguments(3))
                    .and(takesArgument(1, Method.class)),
                HERE + "RunAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(INTERNAL + "AgentInvoker"),
            new MethodAdvice(
                named("invoke")
                    .and(takesArguments(3))
                    .and(takesArgument(2, named(INTERNAL + "AgentInvocationArguments"))),
                HERE + "NodeAdvice")),
        // Those that have a choice; the order of a sequence is none.
        TypeInstrumentation.of(
            TypeMatch.named(AGENTIC + "workflow.impl.ConditionalPlanner"),
            new MethodAdvice(named("firstAction").and(takesArguments(1)), HERE + "PlanAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(AGENTIC + "supervisor.SupervisorPlanner"),
            new MethodAdvice(named("nextAction").and(takesArguments(1)), HERE + "PlanAdvice")));
  }
}
