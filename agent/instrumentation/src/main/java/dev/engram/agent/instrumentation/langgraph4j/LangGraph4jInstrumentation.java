package dev.engram.agent.instrumentation.langgraph4j;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import dev.engram.agent.core.remedy.RepeatableNodes;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Hooks the generator that walks through a graph, the stream around it, which also walks through
 * subgraphs, and what runs the branches of a fork.
 */
public final class LangGraph4jInstrumentation implements InstrumentationModule {
  private static final String GRAPH = "org.bsc.langgraph4j.";
  private static final String HERE = "dev.engram.agent.instrumentation.langgraph4j.";
  private static final TypeMatch GENERATOR =
      TypeMatch.named(GRAPH + "CompiledGraph$AsyncNodeGenerator");
  private static final TypeMatch BRANCHES =
      TypeMatch.named(GRAPH + "internal.node.ParallelNode$AsyncParallelNodeAction");
  private static final ElementMatcher.Junction<MethodDescription> BEFORE_ACTION =
      namedOneOf("applyAction", "evaluateAction");
  private static final ElementMatcher.Junction<MethodDescription> OF_BRANCH =
      named("evalNodeActionSync").and(takesArguments(3));

  @Override
  public String name() {
    return "langgraph4j";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    List<TypeInstrumentation> types = new ArrayList<>(remembering());
    if (!configuration.text(Settings.RECALL_STATE_KEY).isEmpty()) {
      types.addAll(recalling());
    }
    List<String> repeatable = configuration.list(Settings.HEAL_NODES);
    RepeatableNodes.declare(repeatable);
    if (!repeatable.isEmpty()) {
      types.add(
          TypeInstrumentation.repeating(
              GENERATOR, new MethodAdvice(BEFORE_ACTION, HERE + "NodeRetryAdvice")));
    }
    return types;
  }

  private static List<TypeInstrumentation> remembering() {
    return List.of(
        TypeInstrumentation.of(
            GENERATOR,
            new MethodAdvice(isConstructor().and(takesArguments(3)), HERE + "LegAdvice"),
            new MethodAdvice(named("next").and(takesNoArguments()), HERE + "StepAdvice"),
            new MethodAdvice(BEFORE_ACTION, HERE + "NodeAdvice"),
            new MethodAdvice(
                namedOneOf("embedGenerator", "getEmbedGenerator"), HERE + "UpdateAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("org.bsc.async.AsyncGenerator$WithEmbed"),
            new MethodAdvice(isConstructor().and(takesArguments(2)), HERE + "StreamAdvice"),
            new MethodAdvice(named("next").and(takesNoArguments()), HERE + "StreamNextAdvice")),
        TypeInstrumentation.of(BRANCHES, new MethodAdvice(OF_BRANCH, HERE + "BranchAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(GRAPH + "CompiledGraph"),
            new MethodAdvice(
                named("addCheckpoint").and(takesArguments(4)), HERE + "CheckpointAdvice")));
  }

  private static List<TypeInstrumentation> recalling() {
    return List.of(
        TypeInstrumentation.of(GENERATOR, new MethodAdvice(BEFORE_ACTION, HERE + "RecallAdvice")),
        TypeInstrumentation.of(BRANCHES, new MethodAdvice(OF_BRANCH, HERE + "RecallBranchAdvice")));
  }
}
