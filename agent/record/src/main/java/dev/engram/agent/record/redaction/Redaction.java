package dev.engram.agent.record.redaction;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replaces values that must not be remembered: by the name they go under, and what shows by itself
 * that it is secret, whatever its name. Thread-safe.
 *
 * <p>Counts of AI tokens are numbers under {@code gen_ai.}; they are no secrets, though their names
 * hold "token".
 */
public final class Redaction {
  /** What stands in place of a value. */
  public static final String REDACTED = "[redacted]";

  /** Masks of names that hold always; {@code *} stands for any part of a name. */
  public static final List<String> BUILT_IN_MASKS = KeyMasks.BUILT_IN;

  /**
   * So many times what is kept is looked at: what is hidden may be longer than what stands for it.
   */
  private static final int LOOKED_AT = 4;

  private static final String MESSAGE = "exception.message";
  private static final String QUERY = "url.query";
  private static final String PATH = "url.path";

  /** Names of texts that are URLs. */
  private static final Set<String> URLS =
      Set.of(
          "url.full",
          "http.request.header.referer",
          "http.response.header.location",
          "http.response.header.content-location");

  /** Names whose values the agent makes itself, of parts that hold nothing a caller chose. */
  private static final Set<String> OF_THE_AGENT =
      Set.of(
          "http.request.method",
          "http.response.status_code",
          "http.route",
          "url.scheme",
          "client.address",
          "server.address",
          "server.port",
          "network.protocol.version",
          "network.peer.address",
          "error.type",
          "code.function.name",
          "db.system.name",
          // Its literals are replaced where it is read.
          "db.query.text",
          "db.operation.name",
          "db.operation.batch.size",
          "db.response.status_code",
          "db.response.returned_rows",
          "engram.db.update_count",
          "http.request.resend_count",
          "http.request.body.size",
          "http.response.body.size",
          "rpc.system.name",
          "rpc.method",
          "rpc.response.status_code");

  private static final String USER = "user.id";
  private static final String SESSION = "session.id";
  private static final String AI_NUMBERS = "gen_ai.";

  private final SecretNames names;

  /** Callers choose these, and must not crowd out the service's own names. */
  private final SecretNames parameters;

  private final JsonRedaction json;
  private final XmlRedaction xml;
  private final SecretValues values;
  private final UrlRedaction urls;
  private final KeyMasks allowed;
  private final Pseudonyms pseudonyms;

  /**
   * Redacts the values of names that match a built-in mask or one of these ({@code
   * engram.redact.keys}).
   */
  public Redaction(List<String> further) {
    this(further, List.of(), new Pseudonyms("hash"));
  }

  /**
   * The same.
   *
   * @param allowed masks of names that are not redacted though others match ({@code
   *     engram.redact.allow})
   * @param pseudonyms what stands for users and sessions
   */
  public Redaction(List<String> further, List<String> allowed, Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
    this.allowed = new KeyMasks(allowed);
    KeyMasks masks =
        new KeyMasks(Stream.concat(BUILT_IN_MASKS.stream(), further.stream()).toList());
    names = new SecretNames(masks, this.allowed);
    parameters = new SecretNames(masks, this.allowed);
    // Any text may be said to be a name: those must not crowd out what are names.
    SecretNames said = new SecretNames(masks, this.allowed);
    json = new JsonRedaction(parameters, said);
    xml = new XmlRedaction(parameters, said);
    values = new SecretValues(parameters, said);
    urls = new UrlRedaction(parameters, said, values);
  }

  /** The salt of the memory home, without which users and sessions are redacted. */
  public void salt(byte[] salt) {
    pseudonyms.salt(salt);
  }

  /** Whether values of this name, texts and numbers, are always remembered as they are. */
  public boolean isHarmless(String name) {
    return OF_THE_AGENT.contains(name) && !names.contains(name);
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
    if (allowed.matches(name)) {
      return value;
    }
    return switch (name) {
      case QUERY -> urls.query(value);
      case PATH -> urls.path(value);
      default -> URLS.contains(name) ? urls.url(value) : values.redact(value);
    };
  }

  /**
   * The same where no more than so many bytes are remembered: of a text that is much longer its
   * beginning alone is looked at, so that it costs no more time and memory than one that is not.
   */
  public String text(String name, String value, int limit) {
    return isLookedAtInPart(value, limit) && !isPseudonym(name) && !allowed.matches(name)
        ? text(name, CutText.beginning(value, LOOKED_AT * limit))
        : text(name, value);
  }

  private static boolean isLookedAtInPart(String value, int limit) {
    return value.length() / LOOKED_AT > limit;
  }

  /** Of a part of it there would be another. */
  private static boolean isPseudonym(String name) {
    return name.equals(SESSION) || name.equals(USER);
  }

  /** Whether messages of throwables of this class may quote statements, and what they are about. */
  public static boolean isOfDatabase(String className) {
    return DatabaseMessages.isWrittenBy(className);
  }

  /**
   * What may be remembered of an exception's message, in no more than so many bytes.
   *
   * @param ofDatabase whether a database wrote it, or it may quote one that did
   */
  public String message(String message, boolean ofDatabase, int limit) {
    // First what shows by itself that it is secret: with a number of it gone it shows no more.
    String kept = text(MESSAGE, message, limit);
    return ofDatabase && !allowed.matches(MESSAGE)
        ? DatabaseMessages.redact(kept, isLookedAtInPart(message, limit))
        : kept;
  }

  /**
   * What may be remembered of a document that goes under {@code name}: names inside it count too.
   *
   * @param mediaType such as {@code application/json}, parameters or not; null lets its first
   *     character tell
   * @param cut whether the text is only its beginning
   */
  public String document(String name, @Nullable String mediaType, String text, boolean cut) {
    return document(name, mediaType, cut ? CutText.withoutLastWord(text) : text);
  }

  /** The same of a whole one. */
  public String document(String name, @Nullable String mediaType, String text) {
    if (names.contains(name)) {
      return REDACTED;
    }
    return switch (Format.of(mediaType, text)) {
      case JSON -> values.redact(json.redact(PrivateKeys.redact(text)));
      case XML -> values.redact(xml.redact(PrivateKeys.redact(text)));
      case FORM -> urls.query(text);
      case PLAIN -> values.redact(text);
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
}
