package dev.engram.agent.instrumentation.decisions;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isAnnotatedWith;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Hooks annotated methods where the annotation can be seen, and fills the API's empty methods. */
public final class DecisionsInstrumentation implements InstrumentationModule {
  private static final String PACKAGE = "dev.engram.agent.instrumentation.decisions.";
  private static final ElementMatcher.Junction<MethodDescription> ANNOTATED =
      isMethod()
          .and(not(isAbstract()))
          .and(not(isNative()))
          .and(not(isSynthetic()))
          .and(not(returns(void.class)))
          .and(isAnnotatedWith(named(AnnotatedDecision.DECISION)));

  @Override
  public String name() {
    return "decisions";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("dev.engram.agent.api.Engram"),
            new MethodAdvice(named("outcome").and(takesArguments(1)), PACKAGE + "OutcomeAdvice"),
            new MethodAdvice(
                named("correlate").and(takesArguments(String.class, String.class)),
                PACKAGE + "CorrelateAdvice")),
        TypeInstrumentation.of(
            TypeMatch.where(AnnotatedDecision.DECISION, declaresMethod(ANNOTATED))
                .mentioning(TypeMatch.descriptor(AnnotatedDecision.DECISION)),
            new MethodAdvice(ANNOTATED, PACKAGE + "DecisionAdvice")));
  }
}
