package dev.engram.agent.instrumentation.springscheduling;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.lang.reflect.Method;
import java.util.List;

/** Hooks by name where the exceptions of {@code @Scheduled} and {@code @Async} methods pass. */
public final class SpringSchedulingInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.springscheduling.";

  @Override
  public String name() {
    return "spring-scheduling";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("org.springframework.scheduling.support.ScheduledMethodRunnable"),
            new MethodAdvice(named("run").and(takesNoArguments()), HERE + "ScheduledAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("org.springframework.aop.interceptor.AsyncExecutionAspectSupport"),
            new MethodAdvice(
                named("handleError")
                    .and(takesArgument(0, Throwable.class))
                    .and(takesArgument(1, Method.class)),
                HERE + "AsyncErrorAdvice")));
  }
}
