package dev.engram.agent.core.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells the requests that nobody wants to remember by method and path. A pattern without a slash is
 * compared with the last part of the path; {@code *} stands for any characters. Immutable; asked
 * once a request, so that names and endings, which most patterns are, cost one look each.
 */
final class IgnoredRequests {
  static final IgnoredRequests NONE = new IgnoredRequests(List.of(), List.of());

  private final Set<String> methods = new HashSet<>();

  /** Last parts of paths, whole. */
  private final Set<String> names = new HashSet<>();

  /** What follows the last dot. */
  private final Set<String> endings = new HashSet<>();

  private final List<Pattern> namePatterns = new ArrayList<>();
  private final List<Pattern> pathPatterns = new ArrayList<>();

  IgnoredRequests(List<String> methods, List<String> paths) {
    methods.forEach(method -> this.methods.add(method.toUpperCase(Locale.ROOT)));
    paths.forEach(this::add);
  }

  /**
   * Whether the request is one of them.
   *
   * @param method as sent
   * @param path without the query
   */
  boolean matches(String method, String path) {
    if (methods.contains(method)) {
      return true;
    }
    String plain = withoutParameters(path);
    String name = plain.substring(plain.lastIndexOf('/') + 1);
    return names.contains(name)
        || endings.contains(ending(name))
        || matchesAny(namePatterns, name)
        || matchesAny(pathPatterns, plain);
  }

  /** Servers leave {@code ;a.css} out when they choose who answers, so no caller may hide by it. */
  private static String withoutParameters(String path) {
    if (path.indexOf(';') < 0) {
      return path;
    }
    StringBuilder plain = new StringBuilder(path.length());
    boolean parameter = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      parameter = c == ';' || (parameter && c != '/');
      if (!parameter) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** What follows the last dot; empty where there is none. */
  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }

  private void add(String pattern) {
    String ending = pattern.startsWith("*.") ? pattern.substring(2) : "";
    if (pattern.indexOf('/') >= 0) {
      pathPatterns.add(new Pattern(pattern));
    } else if (!ending.isEmpty() && ending.indexOf('*') < 0 && ending.indexOf('.') < 0) {
      endings.add(ending);
    } else if (pattern.indexOf('*') < 0) {
      names.add(pattern);
    } else {
      namePatterns.add(new Pattern(pattern));
    }
  }

  private static boolean matchesAny(List<Pattern> patterns, String text) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).fits(text)) {
        return true;
      }
    }
    return false;
  }

  /** A text in which {@code *} stands for any characters. */
  private static final class Pattern {
    private final String pattern;

    /** Most texts lack it, and are looked at once then. */
    private final String longestPart;

    Pattern(String pattern) {
      this.pattern = pattern;
      this.longestPart =
          Arrays.stream(pattern.split("\\*"))
              .max(Comparator.comparingInt(String::length))
              .orElse("");
    }

    /**
     * Goes back to the last star alone, so that no pattern takes more than length by length steps.
     */
    boolean fits(String text) {
      return text.contains(longestPart) && fitsWhole(text);
    }

    private boolean fitsWhole(String text) {
      int p = 0;
      int t = 0;
      int star = -1;
      int tried = 0;
      while (t < text.length()) {
        if (p < pattern.length() && pattern.charAt(p) == '*') {
          star = p++;
          tried = t;
        } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
          p++;
          t++;
        } else if (star >= 0) {
          p = star + 1;
          t = ++tried;
        } else {
          return false;
        }
      }
      while (p < pattern.length() && pattern.charAt(p) == '*') {
        p++;
      }
      return p == pattern.length();
    }
  }
}
