package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.attach.Attachments;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;

/**
 * The conversation in which a chat client is asking a model on this thread. Where a chat client is,
 * only its request knows it, and no model is told.
 *
 * @param outer in which the client is asked by a tool of another
 */
record Conversation(String id, @Nullable Conversation outer) {
  private static final String ID = "chat_memory_conversation_id";

  /** By thread. A thread-local would leave an entry in each. */
  private static final Attachments<Conversation> CURRENT = new Attachments<>();

  /** Null where the client is in none. */
  static @Nullable Conversation enter(@Nullable Object request) {
    if (!(request instanceof ChatClientRequest asked)
        || !(asked.context().get(ID) instanceof String id)) {
      return null;
    }
    Thread thread = Thread.currentThread();
    Conversation conversation = new Conversation(id, CURRENT.get(thread));
    CURRENT.put(thread, conversation);
    return conversation;
  }

  static void exit(Object entered) {
    Conversation outer = ((Conversation) entered).outer();
    if (outer == null) {
      CURRENT.remove(Thread.currentThread());
    } else {
      CURRENT.put(Thread.currentThread(), outer);
    }
  }

  /** Null where there is none. */
  static @Nullable String current() {
    Conversation conversation = CURRENT.get(Thread.currentThread());
    return conversation == null ? null : conversation.id();
  }
}
