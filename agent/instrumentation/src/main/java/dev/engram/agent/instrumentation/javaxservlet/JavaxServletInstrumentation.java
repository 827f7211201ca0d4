package dev.engram.agent.instrumentation.javaxservlet;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Hooks every servlet and filter: a filter may answer a request that no servlet ever sees. */
public final class JavaxServletInstrumentation implements InstrumentationModule {
  private static final String SERVLET = "javax.servlet.Servlet";
  private static final String FILTER = "javax.servlet.Filter";
  private static final String REQUEST = "javax.servlet.ServletRequest";
  private static final String RESPONSE = "javax.servlet.ServletResponse";

  @Override
  public String name() {
    return "javax-servlet";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        implementers(SERVLET, named("service").and(takesArguments(2))),
        implementers(FILTER, named("doFilter").and(takesArguments(3))));
  }

  /** The declared methods are looked at first: they are known, the super types must be read. */
  private static TypeInstrumentation implementers(
      String type, ElementMatcher.Junction<MethodDescription> shape) {
    ElementMatcher.Junction<MethodDescription> method =
        shape
            .and(takesArgument(0, named(REQUEST)))
            .and(takesArgument(1, named(RESPONSE)))
            .and(not(isAbstract()));
    return TypeInstrumentation.of(
        TypeMatch.where(type, declaresMethod(method).and(hasSuperType(named(type)))),
        new MethodAdvice(
            method, "dev.engram.agent.instrumentation.javaxservlet.JavaxServletAdvice"));
  }
}
