package dev.engram.agent.record;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What could not be reached, where an error is the surroundings' doing: whoever asks a database
 * that is down meets one and the same error. Stateless, linear.
 */
final class FailedTarget {
  /** Endings of types that say that somebody did not answer. */
  private static final List<String> TYPES =
      List.of(
          "ConnectException",
          "ConnectionException",
          "NoRouteToHostException",
          "PortUnreachableException",
          "TimeoutException",
          "UnknownHostException");

  private static final int MAX_MESSAGE = 2048;

  /** The authority of a URL, without user and password. */
  private static final Pattern URL =
      Pattern.compile("://(?:[^/@\\s]*+@)?+([A-Za-z0-9._\\[\\]-]++(?::[0-9]{1,5}+)?+)");

  /** A name with a port, such as {@code db:5432}; an address may stand between them. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?<![\\w.:-])([A-Za-z0-9][A-Za-z0-9._-]*+)(?:/[0-9A-Fa-f.]*+)?+:([0-9]{2,5}+)(?![.:]?\\w)");

  private FailedTarget() {}

  /**
   * The target that the innermost throwable with one names, such as {@code db:5432}; empty where
   * none does, or this is no such error.
   *
   * @param chain innermost first
   */
  static String of(List<ThrowableShape> chain) {
    String type = chain.get(0).type();
    if (TYPES.stream().noneMatch(type::endsWith)) {
      return "";
    }
    for (ThrowableShape thrown : chain) {
      String target = named(thrown.message());
      if (!target.isEmpty()) {
        return target;
      }
    }
    return type.endsWith("UnknownHostException") ? firstWord(chain.get(0).message()) : "";
  }

  private static String named(@Nullable String message) {
    if (message == null) {
      return "";
    }
    String bounded = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
    Matcher url = URL.matcher(bounded);
    if (url.find()) {
      return url.group(1);
    }
    Matcher host = HOST.matcher(bounded);
    while (host.find()) {
      if (!host.group(1).chars().allMatch(Character::isDigit)) {
        return host.group(1) + ":" + host.group(2);
      }
    }
    return "";
  }

  /** The JDK says the unknown name, and at times a colon and why. */
  private static String firstWord(@Nullable String message) {
    String words = message == null ? "" : message.strip();
    int end = 0;
    while (end < words.length() && end < MAX_MESSAGE && isNamePart(words.charAt(end))) {
      end++;
    }
    return words.substring(0, end);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
  }
}
