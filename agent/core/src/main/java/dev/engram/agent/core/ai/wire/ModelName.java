package dev.engram.agent.core.ai.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the body of a question names the model that it is for, so that another name can be put
 * there and nothing else is changed. Immutable.
 */
public final class ModelName {
  private static final byte[] MEMBER = "\"model\"".getBytes(StandardCharsets.US_ASCII);

  private final byte[] body;
  private final int from;
  private final int to;

  private ModelName(byte[] body, int from, int to) {
    this.body = body;
    this.from = from;
    this.to = to;
  }

  /**
   * Null where the body is no JSON object that names one model at its top, once and without
   * escapes.
   *
   * @param body whole; kept, and not changed
   */
  public static @Nullable ModelName in(byte[] body) {
    ModelName found = null;
    int depth = 0;
    for (int i = 0; i < body.length; i++) {
      if (body[i] == '{' || body[i] == '[') {
        depth++;
      } else if (body[i] == '}' || body[i] == ']') {
        depth--;
      } else if (body[i] == '"') {
        int end = end(body, i);
        int value = depth == 1 && isMember(body, i, end) ? value(body, end) : -1;
        if (value >= 0) {
          ModelName next = text(body, value);
          if (next == null || found != null) {
            return null;
          }
          found = next;
        }
        i = end;
      }
    }
    return depth == 0 ? found : null;
  }

  /** The name. */
  public String text() {
    return new String(body, from, to - from, StandardCharsets.UTF_8);
  }

  /**
   * The body with another name.
   *
   * @param other without anything that JSON would escape
   */
  public byte[] replacedBy(String other) {
    ByteArrayOutputStream replaced = new ByteArrayOutputStream(body.length + other.length());
    replaced.write(body, 0, from);
    replaced.writeBytes(other.getBytes(StandardCharsets.UTF_8));
    replaced.write(body, to, body.length - to);
    return replaced.toByteArray();
  }

  /** Where the string ends that begins here: its quote, or the end of the body. */
  private static int end(byte[] body, int quote) {
    int i = quote + 1;
    while (i < body.length && body[i] != '"') {
      i += body[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, body.length);
  }

  private static boolean isMember(byte[] body, int quote, int end) {
    if (end - quote != MEMBER.length - 1) {
      return false;
    }
    for (int i = 0; i < MEMBER.length - 1; i++) {
      if (body[quote + i] != MEMBER[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the value of a member begins; -1 where the string is no name of one. */
  private static int value(byte[] body, int end) {
    int colon = skipBlanks(body, end + 1);
    return colon < body.length && body[colon] == ':' ? skipBlanks(body, colon + 1) : -1;
  }

  private static @Nullable ModelName text(byte[] body, int quote) {
    int end = quote < body.length && body[quote] == '"' ? end(body, quote) : body.length;
    for (int i = quote; i < end; i++) {
      if (body[i] == '\\') {
        return null;
      }
    }
    return end == body.length ? null : new ModelName(body, quote + 1, end);
  }

  private static int skipBlanks(byte[] body, int at) {
    int i = at;
    while (i < body.length && " \t\r\n".indexOf(body[i]) >= 0) {
      i++;
    }
    return i;
  }
}
