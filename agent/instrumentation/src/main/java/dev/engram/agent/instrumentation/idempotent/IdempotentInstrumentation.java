package dev.engram.agent.instrumentation.idempotent;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isAnnotatedWith;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.isSynchronized;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import dev.engram.agent.core.method.MethodPattern;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Hooks methods that are declared idempotent, in the code or by a setting. */
public final class IdempotentInstrumentation implements InstrumentationModule {
  private static final String IDEMPOTENT = "dev.engram.agent.api.Idempotent";
  private static final String NODE = "dev.engram.agent.api.WorkflowNode";
  private static final String HERE = "dev.engram.agent.instrumentation.idempotent.";

  @Override
  public String name() {
    return "idempotent";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    List<TypeInstrumentation> types = new ArrayList<>();
    ElementMatcher.Junction<MethodDescription> nodes = nodes(configuration);
    ElementMatcher.Junction<MethodDescription> annotated =
        repeatable().and(isAnnotatedWith(named(IDEMPOTENT)));
    types.add(
        repeating(
            TypeMatch.where(IDEMPOTENT, declaresMethod(annotated))
                .mentioning(TypeMatch.descriptor(IDEMPOTENT)),
            annotated,
            nodes));
    for (MethodPattern pattern : MethodPattern.listed(configuration, Settings.HEAL_METHODS)) {
      ElementMatcher.Junction<MethodDescription> listed =
          repeatable().and(pattern.methods()).and(not(isAnnotatedWith(named(IDEMPOTENT))));
      types.add(repeating(pattern.types(), listed, nodes));
    }
    return types;
  }

  private static TypeInstrumentation repeating(
      TypeMatch types,
      ElementMatcher.Junction<MethodDescription> methods,
      ElementMatcher.Junction<MethodDescription> nodes) {
    return TypeInstrumentation.repeating(
        types,
        new MethodAdvice(methods.and(not(nodes)), HERE + "IdempotentAdvice"),
        new MethodAdvice(methods.and(nodes), HERE + "NodeAdvice"));
  }

  /** What is a node of a workflow in plain code, by annotation or setting. */
  private static ElementMatcher.Junction<MethodDescription> nodes(Configuration configuration) {
    ElementMatcher.Junction<MethodDescription> nodes = isAnnotatedWith(named(NODE));
    for (MethodPattern pattern : MethodPattern.known(configuration, Settings.WORKFLOW_NODES)) {
      nodes = nodes.or(pattern.methodsOfTypes());
    }
    return nodes;
  }

  /** A synchronized method would hold its monitor while it waits. */
  private static ElementMatcher.Junction<MethodDescription> repeatable() {
    return isMethod()
        .and(not(isAbstract()))
        .and(not(isNative()))
        .and(not(isSynthetic()))
        .and(not(isSynchronized()));
  }
}
