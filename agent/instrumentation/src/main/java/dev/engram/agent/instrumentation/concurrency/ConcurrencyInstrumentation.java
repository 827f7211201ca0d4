package dev.engram.agent.instrumentation.concurrency;

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
import java.util.stream.Stream;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Hooks executors and threads by name: those of the JDK, whose names hold for 17 to 25, the event
 * loops of Netty 4.1 and 4.2, and the queues by which Vert.x 4 and 5 fill a pool.
 */
public final class ConcurrencyInstrumentation implements InstrumentationModule {
  private static final String POOLS = "java.util.concurrent.";
  private static final String NETTY = "io.netty.util.concurrent.";
  private static final String VERTX = "io.vertx.core.impl.";
  private static final String HERE = "dev.engram.agent.instrumentation.concurrency.";

  @Override
  public String name() {
    return "concurrency";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return Stream.of(pools(), forkJoin(), threads(), eventLoops(), taskQueues())
        .flatMap(List::stream)
        .toList();
  }

  private static List<TypeInstrumentation> pools() {
    return List.of(
        on(
            POOLS + "ThreadPoolExecutor",
            advice(named("execute").and(takesArguments(1)), "ExecuteAdvice"),
            advice(named("runWorker").and(takesArguments(1)), "WorkerAdvice"),
            advice(named("getTask").and(takesNoArguments()), "NextTaskAdvice")),
        on(
            POOLS + "ThreadPoolExecutor$Worker",
            advice(isConstructor().and(takesArguments(2)), "FirstTaskAdvice")),
        on(
            POOLS + "ScheduledThreadPoolExecutor",
            advice(named("delayedExecute").and(takesArguments(1)), "ScheduleAdvice")));
  }

  private static List<TypeInstrumentation> forkJoin() {
    return List.of(
        on(
            POOLS + "ForkJoinPool",
            advice(named("externalSubmit").and(takesArguments(1)), "ExternalSubmitAdvice"),
            advice(named("poolSubmit").and(takesArguments(2)), "PoolSubmitAdvice")),
        on(
            POOLS + "ForkJoinTask",
            advice(named("fork").and(takesNoArguments()), "ForkAdvice"),
            advice(named("doExec").and(takesNoArguments()), "ForkedTaskAdvice")),
        on(
            POOLS + "DelayScheduler$ScheduledForkJoinTask",
            advice(isConstructor().and(takesArguments(6)), "DelayedForkAdvice")));
  }

  private static List<TypeInstrumentation> threads() {
    return List.of(
        on("java.lang.Thread", advice(named("start"), "StartAdvice")),
        on(
            "java.lang.ThreadBuilders",
            advice(named("newVirtualThread").and(takesArguments(4)), "VirtualThreadAdvice")));
  }

  private static List<TypeInstrumentation> eventLoops() {
    return List.of(
        on(
            NETTY + "SingleThreadEventExecutor",
            advice(
                namedOneOf("execute", "lazyExecute").and(takesArguments(1)),
                "EventLoopExecuteAdvice")),
        on(
            NETTY + "ScheduledFutureTask",
            advice(isConstructor().and(takesArguments(3)), "EventLoopScheduleAdvice")),
        on(
            NETTY + "AbstractEventExecutor",
            advice(
                namedOneOf("safeExecute", "runTask").and(takesArguments(1)),
                "EventLoopTaskAdvice")));
  }

  private static List<TypeInstrumentation> taskQueues() {
    return List.of(
        on(
            VERTX + "TaskQueue",
            advice(named("execute").and(takesArguments(2)), "TaskQueueAdvice"),
            advice(named("run").and(takesNoArguments()), "TaskQueueRunAdvice")),
        on(VERTX + "WorkerTask", advice(named("run").and(takesNoArguments()), "WorkerTaskAdvice")));
  }

  private static TypeInstrumentation on(String type, MethodAdvice... advice) {
    return TypeInstrumentation.of(TypeMatch.named(type), advice);
  }

  private static MethodAdvice advice(
      ElementMatcher<? super MethodDescription> methods, String adviceClass) {
    return new MethodAdvice(methods, HERE + adviceClass);
  }
}
