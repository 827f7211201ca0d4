package dev.engram.agent.instrumentation.langchain4j;

import dev.engram.agent.core.ai.AgentCall;
import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.attach.Attachments;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * AI services as agents. One that streams is at work from the start of its stream to the last piece
 * of it: see {@link WatchedHandler}.
 */
final class ServiceCapture {
  private static final String MEMORY_ID = "dev.langchain4j.service.MemoryId";
  private static final String MEMORY_ACCESS = "dev.langchain4j.service.memory.ChatMemoryAccess";

  /** Streams that were not started yet. */
  private static final Attachments<Asked> STREAMS = new Attachments<>(64);

  private ServiceCapture() {}

  /** What an agent was asked, without the stream that it answers with. */
  private record Asked(String agent, @Nullable String conversation, String text) {
    @Nullable AgentCall open() {
      AgentCall call = AgentCall.open(agent, conversation, new Messages().text(text));
      if (call != null) {
        call.enter();
      }
      return call;
    }
  }

  /** An {@link AgentCall}, or what is needed to open one later. */
  static @Nullable Object enter(Method method, @Nullable Object @Nullable [] arguments) {
    Class<?> service = method.getDeclaringClass();
    if (service == Object.class || service.getName().equals(MEMORY_ACCESS) || method.isDefault()) {
      return null;
    }
    Asked asked = asked(service, method, arguments == null ? new Object[0] : arguments);
    return TokenStream.class.isAssignableFrom(method.getReturnType()) ? asked : asked.open();
  }

  static void exit(Object opened, @Nullable Object returned, @Nullable Throwable thrown) {
    if (opened instanceof Asked asked) {
      if (returned != null) {
        STREAMS.put(returned, asked);
      }
      return;
    }
    AgentCall call = (AgentCall) opened;
    call.leave();
    if (thrown != null) {
      call.fail(thrown, null);
      return;
    }
    String answer = plain(returned instanceof Result<?> result ? result.content() : returned);
    if (answer != null) {
      call.output(new Messages().role("assistant").text(answer));
    }
    call.end();
  }

  static @Nullable Object started(Object stream) {
    Asked asked = STREAMS.remove(stream);
    return asked == null ? null : asked.open();
  }

  static void afterStart(Object opened, @Nullable Throwable thrown) {
    AgentCall call = (AgentCall) opened;
    call.leave();
    if (thrown != null) {
      call.fail(thrown, null);
    }
  }

  private static Asked asked(Class<?> service, Method method, @Nullable Object[] arguments) {
    StringBuilder text = new StringBuilder();
    String conversation = null;
    Annotation[][] annotations = method.getParameterAnnotations();
    for (int i = 0; i < arguments.length; i++) {
      String argument = plain(arguments[i]);
      if (argument != null && i < annotations.length && isMemoryId(annotations[i])) {
        conversation = argument;
      } else if (argument != null) {
        text.append(text.isEmpty() ? "" : "\n").append(argument);
      }
    }
    return new Asked(service.getSimpleName(), conversation, text.toString());
  }

  private static boolean isMemoryId(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation.annotationType().getName().equals(MEMORY_ID)) {
        return true;
      }
    }
    return false;
  }

  /** Of plain values alone: objects of the application are in the messages to the model. */
  private static @Nullable String plain(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    boolean plain =
        value instanceof Boolean
            || value instanceof UUID
            || (value instanceof Number && value.getClass().getClassLoader() == null);
    return plain ? String.valueOf(value) : null;
  }
}
