package dev.engram.agent.instrumentation.springai;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.isInterface;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
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
 * Hooks Spring AI 1.0 to 2.0, and what an application has of its kinds, by the shape of methods: no
 * super type is read. A model that runs tools itself has a method for one round trip, which calls
 * itself; elsewhere a call is one.
 */
public final class SpringAiInstrumentation implements InstrumentationModule {
  private static final String FRAMEWORK = "org.springframework.ai.";
  private static final String CHAT_MODEL = FRAMEWORK + "chat.model.ChatModel";
  private static final String PROMPT = FRAMEWORK + "chat.prompt.Prompt";
  private static final String CHAT_RESPONSE = FRAMEWORK + "chat.model.ChatResponse";
  private static final String VECTOR_STORE = FRAMEWORK + "vectorstore.VectorStore";
  private static final String CLIENT_ADVISOR = FRAMEWORK + "chat.client.advisor.";
  private static final String HERE = "dev.engram.agent.instrumentation.springai.";

  @Override
  public String name() {
    return "spring-ai";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        declaring(
            CHAT_MODEL,
            asking("call", "internalCall", CHAT_RESPONSE),
            "ChatAdvice",
            "call",
            "internalCall"),
        declaring(
            CHAT_MODEL,
            asking("stream", "internalStream", "reactor.core.publisher.Flux"),
            "StreamAdvice",
            "stream",
            "internalStream"),
        declaring(
            CHAT_MODEL,
            taking("call", FRAMEWORK + "embedding.EmbeddingRequest"),
            "EmbeddingAdvice",
            "call"),
        declaring(CHAT_MODEL, tool(), "ToolAdvice", "call"),
        declaring(CHAT_MODEL, toolRound(), "ToolRoundAdvice", "executeToolCalls"),
        declaring(
            VECTOR_STORE,
            taking("similaritySearch", FRAMEWORK + "vectorstore.SearchRequest"),
            "RetrievalAdvice",
            "similaritySearch"),
        TypeInstrumentation.of(
            TypeMatch.named(
                CLIENT_ADVISOR + "ChatModelCallAdvisor", CLIENT_ADVISOR + "ChatModelStreamAdvisor"),
            new MethodAdvice(
                namedOneOf("adviseCall", "adviseStream").and(takesArguments(2)),
                HERE + "ClientAdvice")));
  }

  /** One round trip: the inner method where the class has it, else the method of the interface. */
  private static ElementMatcher.Junction<MethodDescription> asking(
      String method, String roundTrip, String answer) {
    ElementMatcher.Junction<MethodDescription> whole =
        named(method).and(takesArguments(1)).and(it -> !hasMethod(it, roundTrip));
    return named(roundTrip)
        .or(whole)
        .and(takesArgument(0, named(PROMPT)))
        .and(returns(named(answer)));
  }

  private static boolean hasMethod(MethodDescription beside, String name) {
    return !beside.getDeclaringType().getDeclaredMethods().filter(named(name)).isEmpty();
  }

  private static ElementMatcher.Junction<MethodDescription> taking(String method, String type) {
    return named(method).and(takesArguments(1)).and(takesArgument(0, named(type)));
  }

  /** The shape is that of many methods: who has it must have the definition of a tool, too. */
  private static ElementMatcher.Junction<MethodDescription> tool() {
    return named("call")
        .and(returns(String.class))
        .and(takesArgument(0, String.class))
        .and(
            takesArguments(1)
                .or(
                    takesArguments(2)
                        .and(takesArgument(1, named(FRAMEWORK + "chat.model.ToolContext")))))
        .and(it -> hasMethod(it, "getToolDefinition"));
  }

  private static ElementMatcher.Junction<MethodDescription> toolRound() {
    return named("executeToolCalls")
        .and(takesArguments(2))
        .and(takesArgument(0, named(PROMPT)))
        .and(takesArgument(1, named(CHAT_RESPONSE)));
  }

  private static TypeInstrumentation declaring(
      String framework,
      ElementMatcher.Junction<MethodDescription> methods,
      String advice,
      String... names) {
    ElementMatcher.Junction<MethodDescription> own =
        methods.and(not(isAbstract())).and(not(isBridge()));
    return TypeInstrumentation.of(
        TypeMatch.where(framework, not(isInterface()).and(declaresMethod(own))).mentioning(names),
        new MethodAdvice(own, HERE + advice));
  }
}
