package dev.engram.agent.instrumentation.langgraph4j;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks the generator that walks through a graph, the stream around it, which also walks through
 * subgraphs, and what runs the branches of a fork.
 */
public final class LangGraph4jInstrumentation implements InstrumentationModule {
  private static final String GRAPH = "org.bsc.langgraph4j.";
  private static final String HERE = "dev.engram.agent.instrumentation.langgraph4j.";

  @Override
  public String name() {
    return "langgraph4j";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(GRAPH + "CompiledGraph$AsyncNodeGenerator"),
            new MethodAdvice(isConstructor().and(takesArguments(3)), HERE + "LegAdvice"),
            new MethodAdvice(named("next").and(takesNoArguments()), HERE + "StepAdvice"),
            new MethodAdvice(namedOneOf("applyAction", "evaluateAction"), HERE + "NodeAdvice"),
            new MethodAdvice(
                namedOneOf("embedGenerator", "getEmbedGenerator"), HERE + "UpdateAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("org.bsc.async.AsyncGenerator$WithEmbed"),
            new MethodAdvice(isConstructor().and(takesArguments(2)), HERE + "StreamAdvice"),
            new MethodAdvice(named("next").and(takesNoArguments()), HERE + "StreamNextAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(GRAPH + "internal.node.ParallelNode$AsyncParallelNodeAction"),
            new MethodAdvice(
                named("evalNodeActionSync").and(takesArguments(3)), HERE + "BranchAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(GRAPH + "CompiledGraph"),
            new MethodAdvice(
                named("addCheckpoint").and(takesArguments(4)), HERE + "CheckpointAdvice")));
  }
}
