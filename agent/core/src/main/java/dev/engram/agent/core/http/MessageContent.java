package dev.engram.agent.core.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message's headers say of its body.
 *
 * @param type {@code Content-Type}, or null
 * @param encoding {@code Content-Encoding}, or null
 * @param length {@code Content-Length}; not positive when unknown
 */
public record MessageContent(@Nullable String type, @Nullable String encoding, long length) {
  private static final Set<String> TEXTS =
      Set.of(
          "application/graphql",
          "application/json",
          "application/x-ndjson",
          "application/x-www-form-urlencoded",
          "application/xml");

  private static final String CHARSET = "charset=";
  private static final String MULTIPART = "multipart/";

  /** Characters of a boundary (RFC 2046). */
  private static final int MAX_BOUNDARY = 70;

  /** From the values of the three headers; a length that is no number is not known. */
  public static MessageContent of(
      @Nullable String type, @Nullable String encoding, @Nullable String length) {
    return new MessageContent(type, encoding, number(length));
  }

  /** Whether its text is worth remembering. */
  boolean isText() {
    if (type == null) {
      return false;
    }
    int parameters = type.indexOf(';');
    String essence = parameters < 0 ? type : type.substring(0, parameters);
    String lower = essence.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("text/")
        || lower.endsWith("+json")
        || lower.endsWith("+xml")
        || TEXTS.contains(lower);
  }

  /**
   * What stands between the parts of a body that has several; null of any other, and where the
   * parts cannot be told apart.
   */
  @Nullable String boundary() {
    if (type == null || isEncoded() || !isMultipart(type)) {
      return null;
    }
    String boundary = HeaderParameters.find(type, "boundary");
    return boundary != null && isBoundary(boundary) ? boundary : null;
  }

  /** Whether it is neither compressed nor in a charset that is not in common use. */
  boolean isReadable() {
    return !isEncoded() && KnownCharsets.find(charsetName()) != null;
  }

  /**
   * The text of what was kept of it, or null when it cannot be read. A character cut in half goes.
   */
  @Nullable String text(Body body) {
    Charset writer = body.charset();
    Charset charset = writer == null ? KnownCharsets.find(charsetName()) : writer;
    if (charset == null || !isText()) {
      return null;
    }
    return isEncoded() && writer == null ? plain(body) : decoded(body, charset);
  }

  private static boolean isMultipart(String type) {
    return type.stripLeading().regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
  }

  private static boolean isBoundary(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_BOUNDARY
        && text.chars().allMatch(character -> character >= ' ' && character <= '~');
  }

  private static long number(@Nullable String header) {
    try {
      return header == null ? 0 : Long.parseLong(header.strip());
    } catch (NumberFormatException nonsense) {
      return 0;
    }
  }

  private boolean isEncoded() {
    return encoding != null && !encoding.equalsIgnoreCase("identity");
  }

  /**
   * The server may have begun to compress below the stream that was watched, or the application
   * above it: what has been compressed is no UTF-8.
   */
  private static @Nullable String plain(Body body) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer chars = CharBuffer.allocate(1 + body.kept().remaining());
    CoderResult result = decoder.decode(body.kept(), chars, !body.isCut());
    return result.isError() ? null : chars.flip().toString();
  }

  private static String decoded(Body body, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteBuffer bytes = body.kept();
    CharBuffer chars =
        CharBuffer.allocate(1 + (int) Math.ceil(bytes.remaining() * decoder.maxCharsPerByte()));
    decoder.decode(bytes, chars, !body.isCut());
    return chars.flip().toString();
  }

  /** UTF-8 where nothing is said: what senders of today mean, whatever the older standards say. */
  private String charsetName() {
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    int from = lower.indexOf(CHARSET);
    if (from < 0) {
      return StandardCharsets.UTF_8.name();
    }
    int begin = from + CHARSET.length();
    int end = lower.indexOf(';', begin);
    return lower.substring(begin, end < 0 ? lower.length() : end).replace('"', ' ').strip();
  }
}
