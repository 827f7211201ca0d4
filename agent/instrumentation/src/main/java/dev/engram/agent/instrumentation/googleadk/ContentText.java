package dev.engram.agent.instrumentation.googleadk;

import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.Part;
import dev.engram.agent.core.ai.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Contents as messages that are remembered. */
final class ContentText {
  private ContentText() {}

  /** As a message of its own. */
  static void add(Messages to, Content content) {
    to.role(role(content));
    addParts(to, content);
  }

  /** To the message that was begun last. */
  static void addParts(Messages to, Content content) {
    for (Part part : parts(content)) {
      add(to, part);
    }
  }

  static List<Part> parts(@Nullable Content content) {
    return content == null ? List.of() : content.parts().orElse(List.of());
  }

  private static String role(Content content) {
    if (parts(content).stream().anyMatch(part -> part.functionResponse().isPresent())) {
      return "tool";
    }
    return content.role().orElse("user").equals("model") ? "assistant" : "user";
  }

  private static void add(Messages to, Part part) {
    String text = part.text().orElse(null);
    if (text != null) {
      if (part.thought().orElse(false)) {
        to.reasoning(text);
      } else {
        to.text(text);
      }
    }
    part.functionCall().ifPresent(call -> add(to, call));
    part.functionResponse().ifPresent(response -> add(to, response));
    part.inlineData().ifPresent(blob -> media(to, blob.mimeType().orElse(""), null));
    part.fileData()
        .ifPresent(file -> media(to, file.mimeType().orElse(""), file.fileUri().orElse(null)));
  }

  private static void add(Messages to, FunctionCall call) {
    to.toolCall(call.id().orElse(null), call.name().orElse(null), call.args().orElse(null));
  }

  private static void add(Messages to, FunctionResponse response) {
    to.toolCallResponse(response.id().orElse(null), response.response().orElse(null));
  }

  private static void media(Messages to, String type, @Nullable String uri) {
    int slash = type.indexOf('/');
    String kind = slash < 0 ? "document" : type.substring(0, slash);
    boolean known = kind.equals("image") || kind.equals("audio") || kind.equals("video");
    to.media(known ? kind : "document", type, uri);
  }
}
