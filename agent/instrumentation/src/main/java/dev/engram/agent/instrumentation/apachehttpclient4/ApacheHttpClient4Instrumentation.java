package dev.engram.agent.instrumentation.apachehttpclient4;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks the beginning and the end of the chain that a request of Apache HttpClient 4.5 goes
 * through, and the end of its response.
 */
public final class ApacheHttpClient4Instrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.apachehttpclient4.";

  @Override
  public String name() {
    return "apache-httpclient-4";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("org.apache.http.impl.client.InternalHttpClient"),
            new MethodAdvice(named("doExecute").and(takesArguments(3)), HERE + "BreakerAdvice")),
        TypeInstrumentation.repeating(
            TypeMatch.named("org.apache.http.impl.client.InternalHttpClient"),
            new MethodAdvice(named("doExecute").and(takesArguments(3)), HERE + "RetryAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(
                "org.apache.http.impl.client.InternalHttpClient",
                "org.apache.http.impl.client.MinimalHttpClient"),
            new MethodAdvice(named("doExecute").and(takesArguments(3)), HERE + "CallAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("org.apache.http.impl.client.InternalHttpClient"),
            new MethodAdvice(
                named("doExecute").and(takesArguments(3)), HERE + "AlternativeAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(
                "org.apache.http.impl.execchain.MainClientExec",
                "org.apache.http.impl.execchain.MinimalClientExec"),
            new MethodAdvice(named("execute").and(takesArguments(4)), HERE + "AttemptAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named("org.apache.http.impl.execchain.HttpResponseProxy"),
            new MethodAdvice(named("close").and(takesNoArguments()), HERE + "CloseAdvice")));
  }
}
