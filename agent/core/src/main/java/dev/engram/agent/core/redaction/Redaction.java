package dev.engram.agent.core.redaction;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces values that must not be remembered, by the name they go under. Thread-safe.
 *
 * <p>Counts of AI tokens are numbers under {@code gen_ai.}; they are no secrets, though their names
 * hold "token".
 */
public final class Redaction {
  /** What stands in place of a value. */
  public static final String REDACTED = "[redacted]";

  /** Masks of names that hold always; {@code *} stands for any part of a name. */
  public static final List<String> BUILT_IN_MASKS = KeyMasks.BUILT_IN;

  private static final String QUERY = "url.query";

  /** Names of texts that are URLs. */
  private static final Set<String> URLS =
      Set.of(
          "url.full",
          "http.request.header.referer",
          "http.response.header.location",
          "http.response.header.content-location");

  private static final String USER = "user.id";
  private static final String SESSION = "session.id";
  private static final String AI_NUMBERS = "gen_ai.";

  private final SecretNames names;

  /** Callers choose these, and must not crowd out the service's own names. */
  private final SecretNames parameters;

  private final JsonRedaction json;
  private final XmlRedaction xml;
  private final Pseudonyms pseudonyms;

  /**
   * Redacts the values of names that match a built-in mask or one of these ({@code
   * engram.redact.keys}).
   */
  public Redaction(List<String> further) {
    this(further, new Pseudonyms("hash"));
  }

  /**
   * The same.
   *
   * @param pseudonyms what stands for users and sessions
   */
  public Redaction(List<String> further, Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
    KeyMasks masks = new KeyMasks(further);
    names = new SecretNames(masks);
    parameters = new SecretNames(masks);
    json = new JsonRedaction(parameters);
    xml = new XmlRedaction(parameters);
  }

  /** The salt of the memory home, without which users and sessions are redacted. */
  public void salt(byte[] salt) {
    pseudonyms.salt(salt);
  }

  /** Whether values of this name, texts and numbers, are always remembered as they are. */
  public boolean isHarmless(String name) {
    return !names.contains(name)
        && !name.equals(QUERY)
        && !name.equals(USER)
        && !URLS.contains(name);
  }

  /** The text, or what may be remembered of it. */
  public String text(String name, String value) {
    if (name.equals(SESSION)) {
      return pseudonyms.session(value);
    }
    if (names.contains(name)) {
      return REDACTED;
    }
    if (name.equals(USER)) {
      return pseudonyms.user(value);
    }
    if (name.equals(QUERY)) {
      return query(value);
    }
    return URLS.contains(name) ? fullUrl(value) : value;
  }

  /**
   * What may be remembered of a document that goes under {@code name}: names inside it count too.
   *
   * @param mediaType such as {@code application/json}, parameters or not; null lets its first
   *     character tell
   */
  public String document(String name, @Nullable String mediaType, String text) {
    if (names.contains(name)) {
      return REDACTED;
    }
    return switch (Format.of(mediaType, text)) {
      case JSON -> json.redact(text);
      case XML -> xml.redact(text);
      case FORM -> query(text);
      case PLAIN -> text;
    };
  }

  /** Whether a number or flag of this name must be replaced. */
  public boolean hidesNumber(String name) {
    return !name.startsWith(AI_NUMBERS) && names.contains(name);
  }

  /** How a document names what it holds; GraphQL and events of a stream do it much as JSON does. */
  private enum Format {
    JSON,
    XML,
    FORM,
    PLAIN;

    static Format of(@Nullable String mediaType, String text) {
      if (mediaType == null) {
        return ofText(text);
      }
      int parameters = mediaType.indexOf(';');
      String type = parameters < 0 ? mediaType : mediaType.substring(0, parameters);
      String lower = type.strip().toLowerCase(Locale.ROOT);
      if (lower.endsWith("json")
          || lower.endsWith("graphql")
          || lower.equals("text/event-stream")) {
        return JSON;
      }
      if (lower.endsWith("xml") || lower.endsWith("html")) {
        return XML;
      }
      return lower.equals("application/x-www-form-urlencoded") ? FORM : ofText(text);
    }

    private static Format ofText(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (!Character.isWhitespace(c)) {
          return c == '{' || c == '[' ? JSON : c == '<' ? XML : PLAIN;
        }
      }
      return PLAIN;
    }
  }

  private String fullUrl(String url) {
    int question = 0;
    while (question < url.length() && "?#".indexOf(url.charAt(question)) < 0) {
      question++;
    }
    return question == url.length()
        ? withoutUser(url)
        : withoutUser(url.substring(0, question + 1)) + query(url.substring(question + 1));
  }

  /** {@code https://user:password@host/} names no key for what it gives away. */
  private static String withoutUser(String url) {
    int authority = url.indexOf("://") + 3;
    int slash = url.indexOf('/', authority);
    int at = url.lastIndexOf('@', slash < 0 ? url.length() : slash);
    return authority < 3 || at < authority
        ? url
        : url.substring(0, authority) + REDACTED + url.substring(at);
  }

  /** Redacts each parameter by its own name; a query without a secret stays the same object. */
  private String query(String query) {
    StringBuilder kept = null;
    int copied = 0;
    int from = 0;
    while (from < query.length()) {
      int end = endOfParameter(query, from);
      int value = secretValue(query, from, end);
      if (value >= 0) {
        kept = kept == null ? new StringBuilder(query.length() + REDACTED.length()) : kept;
        kept.append(query, copied, value).append(REDACTED);
        copied = end;
      }
      from = end + 1;
    }
    return kept == null ? query : kept.append(query, copied, query.length()).toString();
  }

  /** Where the parameter's value begins, or -1 when it may be remembered. */
  private int secretValue(String query, int from, int end) {
    int equals = from;
    while (equals < end && query.charAt(equals) != '=') {
      equals++;
    }
    boolean secret = equals < end && parameters.contains(decoded(query.substring(from, equals)));
    return secret ? equals + 1 : -1;
  }

  private static int endOfParameter(String query, int from) {
    int end = from;
    while (end < query.length() && "&;#".indexOf(query.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** A name may be percent-encoded to look harmless. */
  private static String decoded(String name) {
    if (name.indexOf('%') < 0 && name.indexOf('+') < 0) {
      return name;
    }
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return name;
    }
  }
}
