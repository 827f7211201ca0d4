package dev.engram.agent.instrumentation.apachehttpclient5;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks Apache HttpClient 5: whole calls, and the link in which a request gets its connection. */
public final class ApacheHttpClient5Instrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.apachehttpclient5.";

  @Override
  public String name() {
    return "apache-httpclient-5";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("org.apache.hc.client5.http.impl.classic.InternalHttpClient"),
            new MethodAdvice(named("doExecute").and(takesArguments(3)), HERE + "BreakerAdvice"),
            new MethodAdvice(named("doExecute").and(takesArguments(3)), HERE + "ModelAdvice"),
            new MethodAdvice(
                named("doExecute").and(takesArguments(3)), HERE + "AlternativeAdvice")),
        TypeInstrumentation.repeating(
            TypeMatch.named("org.apache.hc.client5.http.impl.classic.InternalHttpClient"),
            new MethodAdvice(named("doExecute").and(takesArguments(3)), HERE + "RetryAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("org.apache.hc.client5.http.impl.classic.ConnectExec"),
            new MethodAdvice(named("execute").and(takesArguments(3)), HERE + "AttemptAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(
                "org.apache.hc.client5.http.impl.async.InternalAbstractHttpAsyncClient"),
            new MethodAdvice(named("doExecute").and(takesArguments(6)), HERE + "AsyncModelAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("org.apache.hc.client5.http.impl.async.AsyncConnectExec"),
            new MethodAdvice(
                named("execute").and(takesArguments(5)), HERE + "AsyncAttemptAdvice")));
  }
}
