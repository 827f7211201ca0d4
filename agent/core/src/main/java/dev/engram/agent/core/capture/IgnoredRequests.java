package dev.engram.agent.core.capture;

import dev.engram.agent.record.pattern.StarPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells the requests that nobody wants to remember by method and path. A pattern without a slash is
 * compared with the last part of the path; {@code *} stands for any characters. One that begins
 * with {@code *.} means files that are read: writing a file of that name is work like any other.
 * Immutable; asked once a request, so that names and endings, which most patterns are, cost one
 * look each.
 */
final class IgnoredRequests {
  static final IgnoredRequests NONE = new IgnoredRequests(List.of(), List.of());

  private final Set<String> methods = new HashSet<>();

  /** Last parts of paths, whole. */
  private final Set<String> names = new HashSet<>();

  /** What follows the last dot of a file that is read. */
  private final Set<String> endings = new HashSet<>();

  /** Of files that are read, where more than one dot or star is in it. */
  private final List<StarPattern> filePatterns = new ArrayList<>();

  private final List<StarPattern> namePatterns = new ArrayList<>();
  private final List<StarPattern> pathPatterns = new ArrayList<>();

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
        || matchesAny(namePatterns, name)
        || matchesAny(pathPatterns, plain)
        || (reads(method) && isFile(name));
  }

  private static boolean reads(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private boolean isFile(String name) {
    return endings.contains(ending(name)) || matchesAny(filePatterns, name);
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
      pathPatterns.add(new StarPattern(pattern));
    } else if (!ending.isEmpty() && ending.indexOf('*') < 0 && ending.indexOf('.') < 0) {
      endings.add(ending);
    } else if (!ending.isEmpty()) {
      filePatterns.add(new StarPattern(pattern));
    } else if (pattern.indexOf('*') < 0) {
      names.add(pattern);
    } else {
      namePatterns.add(new StarPattern(pattern));
    }
  }

  private static boolean matchesAny(List<StarPattern> patterns, String text) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).fits(text)) {
        return true;
      }
    }
    return false;
  }
}
