package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.ai.Messages;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.content.Media;
import org.springframework.ai.content.MediaContent;

/** Messages as they are remembered. */
final class ChatText {
  private ChatText() {}

  /** All but those of the system. */
  static void add(Messages to, Message message) {
    if (message instanceof ToolResponseMessage results) {
      to.role("tool");
      for (ToolResponseMessage.ToolResponse result : results.getResponses()) {
        to.toolCallResponse(result.id(), result.responseData());
      }
      return;
    }
    to.role(message.getMessageType().getValue()).text(some(message.getText()));
    if (message instanceof MediaContent parts && parts.getMedia() != null) {
      for (Media media : parts.getMedia()) {
        media(to, media);
      }
    }
    if (message instanceof AssistantMessage answer) {
      toolCalls(to, answer.getToolCalls());
    }
  }

  static void toolCalls(Messages to, @Nullable List<AssistantMessage.ToolCall> calls) {
    if (calls != null) {
      for (AssistantMessage.ToolCall call : calls) {
        to.toolCall(call.id(), call.name(), call.arguments());
      }
    }
  }

  /** Null for nothing: a message that calls tools has an empty text. */
  static @Nullable String some(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static void media(Messages to, Media media) {
    Object data = media.getData();
    String uri = data instanceof URI || data instanceof URL ? data.toString() : null;
    if (data instanceof String text && text.startsWith("http")) {
      uri = text;
    }
    String type = media.getMimeType().getType();
    to.media(type.equals("application") ? "document" : type, media.getMimeType().toString(), uri);
  }
}
