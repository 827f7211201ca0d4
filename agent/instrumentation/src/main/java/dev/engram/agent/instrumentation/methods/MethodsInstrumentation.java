package dev.engram.agent.instrumentation.methods;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isAnnotatedWith;
import static net.bytebuddy.matcher.ElementMatchers.isEquals;
import static net.bytebuddy.matcher.ElementMatchers.isHashCode;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.isToString;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import dev.engram.agent.core.capture.CapturedArguments;
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

/**
 * Hooks annotated methods where the annotation can be seen, the methods a setting names, and those
 * of named packages whose arguments are kept when they throw.
 */
public final class MethodsInstrumentation implements InstrumentationModule {
  private static final String REMEMBER = "dev.engram.agent.api.Remember";
  private static final String ADVICE = "dev.engram.agent.instrumentation.methods.MethodsAdvice";

  @Override
  public String name() {
    return "methods";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    List<TypeInstrumentation> types = new ArrayList<>();
    types.add(annotatedMethods());
    types.add(annotatedClasses());
    for (MethodPattern pattern : MethodPattern.listed(configuration, Settings.METHODS)) {
      types.add(
          TypeInstrumentation.of(pattern.types(), new MethodAdvice(remaining(pattern), ADVICE)));
    }
    types.addAll(ComponentMethods.below(CapturedArguments.packages(configuration)));
    return types;
  }

  private static TypeInstrumentation annotatedMethods() {
    ElementMatcher.Junction<MethodDescription> annotated =
        concrete().and(isAnnotatedWith(named(REMEMBER)));
    return TypeInstrumentation.of(
        TypeMatch.where(REMEMBER, declaresMethod(annotated))
            .mentioning(TypeMatch.descriptor(REMEMBER)),
        new MethodAdvice(annotated, ADVICE));
  }

  private static TypeInstrumentation annotatedClasses() {
    ElementMatcher.Junction<MethodDescription> methods =
        concrete().and(meantByClass()).and(not(isAnnotatedWith(named(REMEMBER))));
    return TypeInstrumentation.of(
        TypeMatch.where(REMEMBER, isAnnotatedWith(named(REMEMBER)))
            .mentioning(TypeMatch.descriptor(REMEMBER)),
        new MethodAdvice(methods, ADVICE));
  }

  /** What collections and logging call is no operation of the class. */
  private static ElementMatcher.Junction<MethodDescription> meantByClass() {
    return isPublic()
        .and(not(isStatic()))
        .and(not(isEquals()))
        .and(not(isHashCode()))
        .and(not(isToString()));
  }

  /** An annotated method that is also named by the setting is one span, not two. */
  private static ElementMatcher<MethodDescription> remaining(MethodPattern pattern) {
    return concrete().and(pattern.methods()).and(not(MethodsInstrumentation::isAnnotated));
  }

  private static boolean isAnnotated(MethodDescription method) {
    return isAnnotatedWith(named(REMEMBER)).matches(method)
        || (meantByClass().matches(method)
            && isAnnotatedWith(named(REMEMBER)).matches(method.getDeclaringType().asErasure()));
  }

  static ElementMatcher.Junction<MethodDescription> concrete() {
    return isMethod().and(not(isAbstract())).and(not(isNative())).and(not(isSynthetic()));
  }
}
