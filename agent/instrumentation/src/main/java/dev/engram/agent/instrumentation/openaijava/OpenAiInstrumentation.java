package dev.engram.agent.instrumentation.openaijava;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;

/**
 * Hooks OpenAI's client where it tries again: every service of it passes there, blocking or not,
 * parsed or raw, streamed or whole; and what is below that, for the attempts: its log, which hides
 * the request from the transport, or the transport itself.
 */
public final class OpenAiInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.openaijava.";

  @Override
  public String name() {
    return "openai-java";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.named("com.openai.core.http.RetryingHttpClient"),
            new MethodAdvice(named("execute").and(takesArguments(2)), HERE + "CallAdvice"),
            new MethodAdvice(
                named("executeAsync").and(takesArguments(2)), HERE + "AsyncCallAdvice"),
            // Not in every version.
            new MethodAdvice(
                named("keepBodyOpen").and(takesArguments(1)), HERE + "KeptBodyAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(
                "com.openai.core.http.LoggingHttpClient", "com.openai.client.okhttp.OkHttpClient"),
            new MethodAdvice(
                named("execute").or(named("executeAsync")).and(takesArguments(2)),
                HERE + "AttemptAdvice")));
  }
}
