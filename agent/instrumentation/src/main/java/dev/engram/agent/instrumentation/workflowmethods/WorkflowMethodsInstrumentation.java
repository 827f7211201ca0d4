package dev.engram.agent.instrumentation.workflowmethods;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isAnnotatedWith;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Setting;
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

/** Hooks annotated methods where the annotation can be seen, and the methods two settings name. */
public final class WorkflowMethodsInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.workflowmethods.";

  @Override
  public String name() {
    return "workflow-methods";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    List<TypeInstrumentation> types = new ArrayList<>();
    types.addAll(
        types(configuration, WorkflowMethod.RUN, Settings.WORKFLOWS, HERE + "RunMethodAdvice"));
    types.addAll(
        types(
            configuration,
            WorkflowMethod.NODE,
            Settings.WORKFLOW_NODES,
            HERE + "NodeMethodAdvice"));
    return types;
  }

  /** A method that is annotated and also named by the setting is one span, not two. */
  private static List<TypeInstrumentation> types(
      Configuration configuration, String annotation, Setting setting, String advice) {
    ElementMatcher.Junction<MethodDescription> annotated =
        concrete().and(isAnnotatedWith(named(annotation)));
    List<TypeInstrumentation> types = new ArrayList<>();
    types.add(
        TypeInstrumentation.of(
            TypeMatch.where(annotation, declaresMethod(annotated))
                .mentioning(TypeMatch.descriptor(annotation)),
            new MethodAdvice(annotated, advice)));
    for (MethodPattern pattern : MethodPattern.listed(configuration, setting)) {
      types.add(
          TypeInstrumentation.of(
              pattern.types(),
              new MethodAdvice(
                  concrete().and(pattern.methods()).and(not(isAnnotatedWith(named(annotation)))),
                  advice)));
    }
    return types;
  }

  private static ElementMatcher.Junction<MethodDescription> concrete() {
    return isMethod().and(not(isAbstract())).and(not(isNative())).and(not(isSynthetic()));
  }
}
