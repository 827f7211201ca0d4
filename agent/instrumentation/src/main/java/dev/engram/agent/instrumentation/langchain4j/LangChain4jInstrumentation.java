package dev.engram.agent.instrumentation.langchain4j;

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
 * Hooks whatever declares a method of the framework's shape, models and tools of the application
 * too; no super type is looked at.
 */
public final class LangChain4jInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.langchain4j.";
  private static final String FRAMEWORK = "dev.langchain4j.";
  private static final String SERVICE = FRAMEWORK + "service.";
  private static final String CHAT_MODEL = FRAMEWORK + "model.chat.ChatModel";
  private static final String CHAT_REQUEST = FRAMEWORK + "model.chat.request.ChatRequest";
  private static final String TOOL_EXECUTOR = SERVICE + "tool.ToolExecutor";
  private static final String TOOL_REQUEST = FRAMEWORK + "agent.tool.ToolExecutionRequest";

  @Override
  public String name() {
    return "langchain4j";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return List.of(
        declaring(chat(), "ChatAdvice", "chat", "doChat"),
        declaring(streamingChat(), "StreamingChatAdvice", "chat", "doChat"),
        declaring(tool(), "ToolAdvice", "execute", "executeWithContext"),
        // Tools that are lambdas come through here.
        TypeInstrumentation.of(
            TypeMatch.named(TOOL_EXECUTOR),
            new MethodAdvice(
                named("executeWithContext").and(takesArguments(2)), HERE + "ToolAdvice")),
        declaring(embedding(), "EmbeddingAdvice", "embedAll", "doEmbed"),
        declaring(retrieval(), "RetrievalAdvice", "retrieve", "search"),
        TypeInstrumentation.of(
            TypeMatch.named(SERVICE + "DefaultAiServices$1"),
            new MethodAdvice(
                named("invoke").and(takesArguments(3)).and(takesArgument(2, Object[].class)),
                HERE + "ServiceAdvice")),
        TypeInstrumentation.of(
            TypeMatch.named(SERVICE + "AiServiceTokenStream"),
            new MethodAdvice(named("start").and(takesArguments(0)), HERE + "TokenStreamAdvice")));
  }

  private static ElementMatcher.Junction<MethodDescription> chat() {
    return namedOneOf("chat", "doChat")
        .and(takesArguments(1))
        .and(takesArgument(0, named(CHAT_REQUEST)))
        .and(returns(named(FRAMEWORK + "model.chat.response.ChatResponse")));
  }

  private static ElementMatcher.Junction<MethodDescription> streamingChat() {
    return namedOneOf("chat", "doChat")
        .and(takesArguments(2))
        .and(takesArgument(0, named(CHAT_REQUEST)))
        .and(
            takesArgument(
                1, named(FRAMEWORK + "model.chat.response.StreamingChatResponseHandler")));
  }

  private static ElementMatcher.Junction<MethodDescription> tool() {
    return namedOneOf("execute", "executeWithContext")
        .and(takesArguments(2))
        .and(takesArgument(0, named(TOOL_REQUEST)));
  }

  private static ElementMatcher.Junction<MethodDescription> embedding() {
    ElementMatcher.Junction<MethodDescription> texts =
        named("embedAll")
            .and(takesArguments(List.class))
            .and(returns(named(FRAMEWORK + "model.output.Response")));
    return named("doEmbed")
        .and(takesArguments(1))
        .and(takesArgument(0, named(FRAMEWORK + "model.embedding.request.EmbeddingRequest")))
        .or(texts);
  }

  private static ElementMatcher.Junction<MethodDescription> retrieval() {
    ElementMatcher.Junction<MethodDescription> search =
        named("search")
            .and(takesArguments(1))
            .and(takesArgument(0, named(FRAMEWORK + "store.embedding.EmbeddingSearchRequest")));
    return named("retrieve")
        .and(takesArguments(1))
        .and(takesArgument(0, named(FRAMEWORK + "rag.query.Query")))
        .and(returns(List.class))
        .or(search);
  }

  private static TypeInstrumentation declaring(
      ElementMatcher.Junction<MethodDescription> methods, String advice, String... names) {
    ElementMatcher.Junction<MethodDescription> own =
        methods.and(not(isAbstract())).and(not(isBridge()));
    return TypeInstrumentation.of(
        TypeMatch.where(CHAT_MODEL, not(isInterface()).and(declaresMethod(own))).mentioning(names),
        new MethodAdvice(own, HERE + advice));
  }
}
