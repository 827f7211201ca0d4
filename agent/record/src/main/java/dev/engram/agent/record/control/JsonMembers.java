package dev.engram.agent.record.control;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of an object that was read, each taken as what it has to be. Immutable. */
record JsonMembers(Map<?, ?> members) {
  /** The same of anything that was read. */
  static JsonMembers of(@Nullable Object value, String what) throws MalformedControlFileException {
    if (value instanceof Map<?, ?> members) {
      return new JsonMembers(members);
    }
    throw new MalformedControlFileException(what);
  }

  /** Null when it is empty or not there. */
  @Nullable String optional(String name, int longest) throws MalformedControlFileException {
    String text = text(name, longest);
    return text.isEmpty() ? null : text;
  }

  /** Empty when it is not there. */
  String text(String name, int longest) throws MalformedControlFileException {
    Object value = members.get(name);
    if (value == null) {
      return "";
    }
    if (value instanceof String text && text.length() <= longest) {
      return text;
    }
    throw needs("a text of at most " + longest + " characters", name);
  }

  /** Not empty. */
  String required(String name, int longest) throws MalformedControlFileException {
    String text = text(name, longest);
    if (text.isEmpty()) {
      throw needs("a text", name);
    }
    return text;
  }

  String oneOf(String name, Set<String> words) throws MalformedControlFileException {
    if (members.get(name) instanceof String word && words.contains(word)) {
      return word;
    }
    throw needs("one of " + String.join(", ", words.stream().sorted().toList()), name);
  }

  /** Null when it is not there. */
  @Nullable Instant instant(String name) throws MalformedControlFileException {
    Object value = members.get(name);
    try {
      return value == null ? null : Instant.parse(String.valueOf(value));
    } catch (DateTimeParseException unreadable) {
      throw new MalformedControlFileException(
          "needs a time such as 2026-01-31T09:30:00Z for " + name, unreadable);
    }
  }

  Instant requiredInstant(String name) throws MalformedControlFileException {
    Instant instant = instant(name);
    if (instant == null) {
      throw needs("a time", name);
    }
    return instant;
  }

  /** NaN when it is not there. */
  double number(String name) throws MalformedControlFileException {
    Object value = members.get(name);
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw needs("a number", name);
  }

  /** A whole number within these bounds, both included. */
  long whole(String name, long least, long most) throws MalformedControlFileException {
    if (members.get(name) instanceof Long number && number >= least && number <= most) {
      return number;
    }
    throw needs("a whole number from " + least + " to " + most, name);
  }

  /** From 0 to 1; NaN when it is not there. */
  double share(String name) throws MalformedControlFileException {
    double number = number(name);
    if (number < 0 || number > 1) {
      throw needs("a number from 0 to 1", name);
    }
    return number;
  }

  /** Empty when it is not there. */
  List<JsonMembers> objects(String name, int most) throws MalformedControlFileException {
    Object value = members.get(name);
    List<JsonMembers> objects = new ArrayList<>();
    if (value == null) {
      return objects;
    }
    if (!(value instanceof List<?> list) || list.size() > most) {
      throw needs("a list of at most " + most, name);
    }
    for (Object element : list) {
      objects.add(of(element, "needs objects in " + name));
    }
    return objects;
  }

  private static MalformedControlFileException needs(String what, String name) {
    return new MalformedControlFileException("needs " + what + " for " + name);
  }
}
