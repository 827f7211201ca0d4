package dev.engram.agent.instrumentation.uncaught;

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
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Hooks threads and futures of the JDK by name, for 17 to 25: where an exception ends a thread,
 * where a future takes one in, and where it gives it to somebody.
 */
public final class UncaughtInstrumentation implements InstrumentationModule {
  private static final String FUTURES = "java.util.concurrent.";
  private static final String HERE = "dev.engram.agent.instrumentation.uncaught.";

  @Override
  public String name() {
    return "uncaught";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        on(
            "java.lang.Thread",
            advice(named("dispatchUncaughtException").and(takesArguments(1)), "ThreadAdvice")),
        futureTasks(),
        forkJoinTasks(),
        completableFutures());
  }

  private static TypeInstrumentation futureTasks() {
    return on(
        FUTURES + "FutureTask",
        advice(named("setException").and(takesArguments(1)), "FutureTaskAdvice"),
        advice(named("report").and(takesArguments(1)), "ThrowingAdvice"),
        advice(named("exceptionNow").and(takesNoArguments()), "AnsweringAdvice"));
  }

  private static TypeInstrumentation forkJoinTasks() {
    return on(
        FUTURES + "ForkJoinTask",
        advice(named("trySetThrown").and(takesArguments(1)), "ForkJoinAdvice"),
        advice(
            namedOneOf("reportException", "reportExecutionException").and(takesArguments(1)),
            "ThrowingAdvice"),
        advice(named("getException"), "AnsweringAdvice"),
        advice(named("exceptionNow").and(takesNoArguments()), "AnsweringAdvice"));
  }

  private static TypeInstrumentation completableFutures() {
    return on(
        FUTURES + "CompletableFuture",
        advice(namedOneOf("encodeThrowable", "failedFuture").and(takesArguments(1)), "StageAdvice"),
        advice(named("completeExceptionally").and(takesArguments(1)), "CompleteAdvice"),
        advice(namedOneOf("reportGet", "reportJoin"), "ThrowingAdvice"),
        advice(named("exceptionNow").and(takesNoArguments()), "AnsweringAdvice"),
        advice(
            namedOneOf("uniHandle", "uniWhenComplete", "uniExceptionally").and(takesArguments(3)),
            "HandlerAdvice"));
  }

  private static TypeInstrumentation on(String type, MethodAdvice... advice) {
    return TypeInstrumentation.of(TypeMatch.named(type), advice);
  }

  private static MethodAdvice advice(
      ElementMatcher<? super MethodDescription> methods, String adviceClass) {
    return new MethodAdvice(methods, HERE + adviceClass);
  }
}
