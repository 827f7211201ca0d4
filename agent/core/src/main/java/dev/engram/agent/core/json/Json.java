package dev.engram.agent.core.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON text. What is absent is {@link #MISSING}, which answers every question with
 * nothing, so that no text of any shape makes a reader fail. Immutable.
 */
public final class Json {
  /** What is not there. */
  public static final Json MISSING = new Json(null, "", 0, 0, false);

  private final @Nullable Object value;
  private final String document;
  private final int from;
  private final int to;
  private final boolean whole;

  /**
   * @param value a map or list of {@link Json}, text, number, flag, or null
   * @param document in which its text goes from {@code from} to before {@code to}: to keep the text
   *     of each object and array would copy a body once for each depth of it
   * @param whole false when the document ended in it or went wrong
   */
  Json(@Nullable Object value, String document, int from, int to, boolean whole) {
    this.value = value;
    this.document = document;
    this.from = from;
    this.to = to;
    this.whole = whole;
  }

  /** As far as the text is JSON; {@link #MISSING} when it is none from its first character on. */
  public static Json parse(String text) {
    return new JsonReader(text).document();
  }

  /** Whether the text that it was parsed from went to its end. */
  public boolean isWhole() {
    return whole;
  }

  public boolean isObject() {
    return value instanceof Map;
  }

  public boolean isArray() {
    return value instanceof List;
  }

  public boolean has(String name) {
    return value instanceof Map<?, ?> object && object.get(name) instanceof Json it && !it.isNull();
  }

  public Json get(String name) {
    return value instanceof Map<?, ?> object && object.get(name) instanceof Json it ? it : MISSING;
  }

  /** The first of these members that is there. */
  public Json first(String... names) {
    for (String name : names) {
      if (has(name)) {
        return get(name);
      }
    }
    return MISSING;
  }

  /** Of an array; of anything else none. */
  public List<Json> elements() {
    List<Json> elements = new ArrayList<>();
    if (value instanceof List<?> array) {
      array.forEach(it -> elements.add((Json) it));
    }
    return elements;
  }

  /** Null when it is no text. */
  public @Nullable String text() {
    return value instanceof String text ? text : null;
  }

  public String text(String absent) {
    return value instanceof String text ? text : absent;
  }

  /** Null when it is no whole number. */
  public @Nullable Long integer() {
    return value instanceof Long number ? number : null;
  }

  /** Null when it is no number. */
  public @Nullable Double decimal() {
    return value instanceof Number number ? number.doubleValue() : null;
  }

  public boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  /** A text or the texts of an array; empty for none. */
  public List<String> texts() {
    if (value instanceof String text) {
      return List.of(text);
    }
    List<String> texts = new ArrayList<>();
    for (Json element : elements()) {
      String text = element.text();
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** A text as it is meant, anything else as it is written; null for what is absent. */
  public @Nullable String asText() {
    return isNull() ? null : value instanceof String text ? text : raw();
  }

  /** As it is written; null for what is absent. */
  public @Nullable String asWritten() {
    return isNull() ? null : raw();
  }

  /**
   * As maps, lists, texts, numbers and flags; null for null, and where the text was no JSON to its
   * end.
   */
  public @Nullable Object wholly() {
    return whole ? plain() : null;
  }

  private @Nullable Object plain() {
    if (value instanceof Map<?, ?> object) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      object.forEach((name, member) -> members.put((String) name, ((Json) member).plain()));
      return members;
    }
    if (value instanceof List<?>) {
      List<@Nullable Object> plain = new ArrayList<>();
      elements().forEach(element -> plain.add(element.plain()));
      return plain;
    }
    return value;
  }

  /** The same, of a text that goes on with something else. */
  Json broken() {
    return new Json(value, document, from, to, false);
  }

  private String raw() {
    return document.substring(from, to);
  }

  private boolean isNull() {
    return value == null;
  }
}
