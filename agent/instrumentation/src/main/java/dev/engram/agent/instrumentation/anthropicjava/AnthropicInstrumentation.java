package dev.engram.agent.instrumentation.anthropicjava;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks Anthropic's client where it tries again: every service of it passes there, blocking or not,
 * parsed or raw, streamed or whole; and what is below that, for the attempts: its log, which hides
 * the request from the transport, or the transport itself.
 */
public final class AnthropicInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.anthropicjava.";

  @Override
  public String name() {
    return "anthropic-java";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("com.anthropic.core.http.RetryingHttpClient"),
            new MethodAdvice(named("execute").and(takesArguments(2)), HERE + "CallAdvice"),
            new MethodAdvice(
                named("executeAsync").and(takesArguments(2)), HERE + "AsyncCallAdvice"),
            new MethodAdvice(
                named("keepBodyOpen").and(takesArguments(1)), HERE + "KeptBodyAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(
                "com.anthropic.core.http.LoggingHttpClient",
                "com.anthropic.client.okhttp.OkHttpClient"),
            new MethodAdvice(
                named("execute").or(named("executeAsync")).and(takesArguments(2)),
                HERE + "AttemptAdvice")));
  }
}
