package dev.engram.agent.core.redaction;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

  /** More names than this are matched each time instead of remembered. */
  private static final int MAX_KNOWN = 1024;

  private static final String QUERY = "url.query";
  private static final String FULL_URL = "url.full";
  private static final String AI_NUMBERS = "gen_ai.";

  private final KeyMasks masks;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  /**
   * Redacts the values of names that match a built-in mask or one of these ({@code
   * engram.redact.keys}).
   */
  public Redaction(List<String> further) {
    this.masks = new KeyMasks(further);
  }

  /** The text, or what may be remembered of it. */
  public String text(String name, String value) {
    if (isSecret(name)) {
      return REDACTED;
    }
    if (name.equals(QUERY)) {
      return query(value);
    }
    return name.equals(FULL_URL) ? fullUrl(value) : value;
  }

  /** Whether a number or flag of this name must be replaced. */
  public boolean hidesNumber(String name) {
    return !name.startsWith(AI_NUMBERS) && isSecret(name);
  }

  private boolean isSecret(String name) {
    Boolean secret = known.get(name);
    if (secret == null) {
      secret = masks.matches(name);
      if (known.size() < MAX_KNOWN) {
        known.put(name, secret);
      }
    }
    return secret;
  }

  private String fullUrl(String url) {
    int question = url.indexOf('?');
    return question < 0
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

  /** Redacts each parameter by its own name. */
  private String query(String query) {
    StringBuilder kept = new StringBuilder(query.length());
    int from = 0;
    while (from <= query.length()) {
      int end = endOfParameter(query, from);
      parameter(query, from, end, kept);
      if (end < query.length()) {
        kept.append(query.charAt(end));
      }
      from = end + 1;
    }
    return kept.toString();
  }

  private void parameter(String query, int from, int end, StringBuilder kept) {
    int equals = query.indexOf('=', from);
    if (equals >= 0 && equals < end && masks.matches(decoded(query.substring(from, equals)))) {
      kept.append(query, from, equals + 1).append(REDACTED);
    } else {
      kept.append(query, from, end);
    }
  }

  private static int endOfParameter(String query, int from) {
    int end = from;
    while (end < query.length() && query.charAt(end) != '&' && query.charAt(end) != ';') {
      end++;
    }
    return end;
  }

  /** A name may be percent-encoded to look harmless. */
  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return name;
    }
  }
}
