package dev.engram.agent.instrumentation.langchain4j;

import dev.engram.agent.core.ai.Messages;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The framework's messages in OpenTelemetry's schema; system messages are told elsewhere. */
final class ChatText {
  private ChatText() {}

  static void add(Messages to, ChatMessage message) {
    if (message instanceof UserMessage user) {
      to.role("user");
      user.contents().forEach(content -> add(to, content));
    } else if (message instanceof AiMessage answer) {
      add(to, answer, null);
    } else if (message instanceof ToolExecutionResultMessage result) {
      to.role("tool").toolCallResponse(result.id(), text(result));
    } else {
      to.role(message.type().name().toLowerCase(Locale.ROOT));
    }
  }

  static void add(Messages to, AiMessage answer, @Nullable String finishReason) {
    to.role("assistant").reasoning(Later.text(answer, "thinking")).text(answer.text());
    if (answer.hasToolExecutionRequests()) {
      for (ToolExecutionRequest call : answer.toolExecutionRequests()) {
        to.toolCall(call.id(), call.name(), call.arguments());
      }
    }
    to.finishReason(finishReason);
  }

  private static void add(Messages to, Content content) {
    if (content instanceof TextContent text) {
      to.text(text.text());
    } else if (content instanceof ImageContent image) {
      URI url = image.image().url();
      boolean elsewhere = url != null && !"data".equals(url.getScheme());
      to.media("image", image.image().mimeType(), elsewhere ? url.toString() : null);
    } else {
      to.media(content.type().name().toLowerCase(Locale.ROOT), null, null);
    }
  }

  /** One that is no single text has none. */
  private static @Nullable String text(ToolExecutionResultMessage result) {
    try {
      return result.text();
    } catch (RuntimeException several) {
      return null;
    }
  }
}
