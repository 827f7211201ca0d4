package dev.engram.agent.instrumentation.jdkhttpclient;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/** Hooks the client of the JDK by name; the names hold for JDK 17 to 25. */
public final class JdkHttpClientInstrumentation implements InstrumentationModule {
  private static final String CLIENT = "jdk.internal.net.http.";
  private static final String HERE = "dev.engram.agent.instrumentation.jdkhttpclient.";

  @Override
  public String name() {
    return "jdk-http-client";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named(CLIENT + "HttpClientImpl"),
            new MethodAdvice(named("send").and(takesArguments(2)), HERE + "BreakerAdvice"),
            new MethodAdvice(named("send").and(takesArguments(2)), HERE + "AlternativeAdvice")),
        TypeInstrumentation.repeating(
            TypeMatch.named(CLIENT + "HttpClientImpl"),
            new MethodAdvice(named("send").and(takesArguments(2)), HERE + "RetryAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(CLIENT + "HttpClientImpl"),
            new MethodAdvice(
                named("sendAsync").and(takesArguments(3)), HERE + "LaterBreakerAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(CLIENT + "HttpClientImpl"),
            new MethodAdvice(named("sendAsync").and(takesArguments(3)), HERE + "LaterRetryAdvice"),
            new MethodAdvice(named("sendAsync").and(takesArguments(4)), HERE + "SendAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(CLIENT + "MultiExchange"),
            new MethodAdvice(isConstructor(), HERE + "NewCallAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(CLIENT + "Exchange"),
            new MethodAdvice(
                named("responseAsync").and(takesNoArguments()), HERE + "ExchangeAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(CLIENT + "HttpRequestImpl"),
            new MethodAdvice(
                named("getUserHeaders").and(takesNoArguments()), HERE + "HeadersAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(CLIENT + "Response"),
            new MethodAdvice(isConstructor().and(takesArguments(7)), HERE + "ResponseAdvice")));
  }
}
