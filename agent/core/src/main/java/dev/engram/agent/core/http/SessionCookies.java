package dev.engram.agent.core.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies that name a session. Immutable.
 *
 * @param names of which the first that a request has counts
 */
record SessionCookies(List<String> names) {
  /**
   * The session that a request says it belongs to, or null.
   *
   * @param cookies its header; where it came in several pieces, joined by commas
   */
  @Nullable String session(@Nullable String cookies) {
    if (cookies == null) {
      return null;
    }
    for (String name : names) {
      String value = value(cookies, name + '=');
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable String value(String cookies, String beginning) {
    int found = cookies.indexOf(beginning);
    while (found > 0 && !isBetween(cookies.charAt(found - 1))) {
      found = cookies.indexOf(beginning, found + 1);
    }
    if (found < 0) {
      return null;
    }
    int begin = found + beginning.length();
    int end = begin;
    while (end < cookies.length() && !isBetween(cookies.charAt(end))) {
      end++;
    }
    return end == begin ? null : cookies.substring(begin, end);
  }

  private static boolean isBetween(char c) {
    return c == ';' || c == ',' || c == ' ';
  }
}
