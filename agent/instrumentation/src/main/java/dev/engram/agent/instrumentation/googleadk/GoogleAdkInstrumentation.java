package dev.engram.agent.instrumentation.googleadk;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Hooks the kit from 1.0 on: its models and the application's by the shape of their method, and the
 * places where it runs agents and tools by name.
 */
public final class GoogleAdkInstrumentation implements InstrumentationModule {
  private static final String KIT = "com.google.adk.";
  private static final String HERE = "dev.engram.agent.instrumentation.googleadk.";

  @Override
  public String name() {
    return "google-adk";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    ElementMatcher.Junction<MethodDescription> generating =
        named("generateContent")
            .and(takesArguments(2))
            .and(takesArgument(0, named(KIT + "models.LlmRequest")))
            .and(takesArgument(1, boolean.class))
            .and(not(isAbstract()))
            .and(not(isBridge()));
    return List.of(
        TypeInstrumentation.of(
            TypeMatch.where(KIT + "models.BaseLlm", declaresMethod(generating))
                .mentioning("generateContent"),
            new MethodAdvice(generating, HERE + "ModelAdvice")),
        on("agents.BaseAgent", named("runAsync").and(takesArguments(1)), "AgentAdvice"),
        on(
            "flows.llmflows.Functions",
            named("callTool")
                .and(takesArguments(3))
                .and(takesArgument(0, named(KIT + "tools.BaseTool"))),
            "ToolAdvice"));
  }

  private static TypeInstrumentation on(
      String type, ElementMatcher<? super MethodDescription> methods, String advice) {
    return TypeInstrumentation.of(
        TypeMatch.named(KIT + type), new MethodAdvice(methods, HERE + advice));
  }
}
