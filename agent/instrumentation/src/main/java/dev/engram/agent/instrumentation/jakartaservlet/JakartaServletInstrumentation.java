package dev.engram.agent.instrumentation.jakartaservlet;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** Hooks every servlet and filter: a filter may answer a request that no servlet ever sees. */
public final class JakartaServletInstrumentation implements InstrumentationModule {
  private static final String SERVLET = "jakarta.servlet.Servlet";
  private static final String FILTER = "jakarta.servlet.Filter";
  private static final String ASYNC_CONTEXT = "jakarta.servlet.AsyncContext";
  private static final String REQUEST = "jakarta.servlet.ServletRequest";
  private static final String TOMCAT_REQUEST = "org.apache.catalina.connector.Request";
  private static final String RESPONSE = "jakarta.servlet.ServletResponse";

  @Override
  public String name() {
    return "jakarta-servlet";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        implementers(SERVLET, "service", 2),
        implementers(FILTER, "doFilter", 3),
        asyncContexts(),
        requestsOfTomcat());
  }

  /** The declared methods are looked at first: they are known, the super types must be read. */
  private static TypeInstrumentation implementers(String type, String name, int arguments) {
    ElementMatcher.Junction<MethodDescription> method =
        named(name)
            .and(takesArguments(arguments))
            .and(takesArgument(0, named(REQUEST)))
            .and(takesArgument(1, named(RESPONSE)))
            .and(not(isAbstract()));
    return TypeInstrumentation.of(
        TypeMatch.where(type, declaresMethod(method).and(hasSuperType(named(type))))
            .mentioning(name),
        new MethodAdvice(
            method, "dev.engram.agent.instrumentation.jakartaservlet.JakartaServletAdvice"));
  }

  private static TypeInstrumentation asyncContexts() {
    ElementMatcher.Junction<MethodDescription> method =
        named("start")
            .and(takesArguments(1))
            .and(takesArgument(0, named("java.lang.Runnable")))
            .and(not(isAbstract()));
    return TypeInstrumentation.of(
        TypeMatch.where(
                ASYNC_CONTEXT, declaresMethod(method).and(hasSuperType(named(ASYNC_CONTEXT))))
            .mentioning("start"),
        new MethodAdvice(
            method, "dev.engram.agent.instrumentation.jakartaservlet.JakartaAsyncAdvice"));
  }

  /** What its client leaves while another thread writes the answer ends for no listener. */
  private static TypeInstrumentation requestsOfTomcat() {
    return TypeInstrumentation.of(
        TypeMatch.where(
                REQUEST,
                ElementMatchers.<TypeDescription>named(TOMCAT_REQUEST)
                    .and(hasSuperType(named(REQUEST))))
            .mentioning("recycle"),
        new MethodAdvice(
            named("recycle").and(takesNoArguments()),
            "dev.engram.agent.instrumentation.jakartaservlet.JakartaRecycleAdvice"));
  }
}
