package dev.engram.agent.instrumentation.okhttp;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks OkHttp 4 and 5 around and below its redirects, and above its connections. */
public final class OkHttpInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.okhttp.";

  @Override
  public String name() {
    return "okhttp";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("okhttp3.internal.http.RetryAndFollowUpInterceptor"),
            new MethodAdvice(named("intercept").and(takesArguments(1)), HERE + "BreakerAdvice"),
            new MethodAdvice(
                named("intercept").and(takesArguments(1)), HERE + "AlternativeAdvice")),
        TypeInstrumentation.repeating(
            TypeMatch.named("okhttp3.internal.http.RetryAndFollowUpInterceptor"),
            new MethodAdvice(named("intercept").and(takesArguments(1)), HERE + "RetryAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("okhttp3.RealCall", "okhttp3.internal.connection.RealCall"),
            new MethodAdvice(named("execute").and(takesArguments(0)), HERE + "ExecuteAdvice"),
            new MethodAdvice(named("enqueue").and(takesArguments(1)), HERE + "EnqueueAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("okhttp3.internal.http.BridgeInterceptor"),
            new MethodAdvice(named("intercept").and(takesArguments(1)), HERE + "AttemptAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("okhttp3.internal.http.RealInterceptorChain"),
            new MethodAdvice(named("proceed").and(takesArguments(1)), HERE + "ProceedAdvice")));
  }
}
