package dev.engram.agent.core.ai;

import dev.engram.agent.core.json.BoundedJson;
import org.jspecify.annotations.Nullable;

/**
 * Messages in OpenTelemetry's schema: roles, and parts below each. System instructions do not
 * belong here but to {@link ModelCall#system}. A part before the first role is the user's. Null
 * texts are left out.
 */
public final class Messages extends Content {
  private static final String USER = "user";

  private boolean open;
  private int parts;
  private @Nullable String finishReason;

  /** Begins a message: {@code user}, {@code assistant}, {@code tool}, {@code system}. */
  public Messages role(String role) {
    close();
    element().field("role", role).raw(",\"parts\":[");
    open = true;
    parts = 0;
    return this;
  }

  public Messages text(@Nullable String content) {
    return content == null ? this : end(part("text").raw(",").field("content", content));
  }

  /** What a model says of how it came to its answer. */
  public Messages reasoning(@Nullable String content) {
    return content == null ? this : end(part("reasoning").raw(",").field("content", content));
  }

  /** The model wants a tool called; with JSON, or what is to be written as such. */
  public Messages toolCall(@Nullable String id, @Nullable String name, @Nullable Object arguments) {
    BoundedJson part = part("tool_call");
    optional(part, "id", id);
    optional(part, "name", name);
    if (arguments != null && !"".equals(arguments)) {
      part.raw(",").json("arguments", arguments);
    }
    return end(part);
  }

  /** What a tool gave, likewise. */
  public Messages toolCallResponse(@Nullable String id, @Nullable Object response) {
    BoundedJson part = part("tool_call_response");
    optional(part, "id", id);
    if (response != null) {
      part.raw(",").json("response", response);
    }
    return end(part);
  }

  /**
   * A picture, sound or file, without its bytes.
   *
   * @param modality {@code image}, {@code audio}, {@code video} or {@code document}
   * @param uri where it lies; null when its bytes were sent
   */
  public Messages media(String modality, @Nullable String mimeType, @Nullable String uri) {
    BoundedJson part = part(uri == null ? "blob" : "uri");
    optional(part, "modality", modality);
    optional(part, "mime_type", mimeType);
    optional(part, "uri", uri);
    return end(part);
  }

  /** Why the model ended the message that was begun last. */
  public Messages finishReason(@Nullable String reason) {
    finishReason = reason;
    return this;
  }

  /** So many bytes more were not read: the payload says that it is cut. */
  public Messages missed(long bytes) {
    json.missed(bytes);
    return this;
  }

  @Override
  void close() {
    if (open) {
      json.raw("]");
      optional(json, "finish_reason", finishReason);
      json.raw("}");
      open = false;
      finishReason = null;
    }
  }

  private BoundedJson part(String type) {
    if (!open) {
      role(USER);
    }
    return json.raw(parts++ == 0 ? "{" : ",{").field("type", type);
  }

  private Messages end(BoundedJson part) {
    part.raw("}");
    return this;
  }

  private static void optional(BoundedJson to, String name, @Nullable String text) {
    if (text != null) {
      to.raw(",").field(name, text);
    }
  }
}
