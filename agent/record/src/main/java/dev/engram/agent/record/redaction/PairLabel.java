package dev.engram.agent.record.redaction;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a member says of the one beside it where a name and its value stand apart, as in {@code
 * {"name":"password","value":"..."}}.
 */
enum PairLabel {
  NAME,
  VALUE;

  private static final List<String> NAMES =
      List.of(
          "name",
          "key",
          "k",
          "field",
          "header",
          "param",
          "parameter",
          "property",
          "attribute",
          "variable",
          "setting",
          "option");

  private static final List<String> VALUES = List.of("value", "values", "val", "v");

  /** What is named or valued, such as {@code ParameterKey}. */
  private static final List<String> KINDS =
      List.of(
          "field",
          "header",
          "param",
          "parameter",
          "property",
          "attribute",
          "variable",
          "setting",
          "option",
          "string");

  private static final Map<String, PairLabel> LABELS = labels();

  private static Map<String, PairLabel> labels() {
    Map<String, PairLabel> labels = new HashMap<>();
    NAMES.forEach(word -> put(labels, word, NAME));
    VALUES.forEach(word -> put(labels, word, VALUE));
    for (String kind : KINDS) {
      putOfKind(labels, kind, "name", NAME);
      putOfKind(labels, kind, "key", NAME);
      putOfKind(labels, kind, "value", VALUE);
    }
    return labels;
  }

  private static void putOfKind(
      Map<String, PairLabel> labels, String kind, String word, PairLabel label) {
    put(labels, kind + word, label);
    put(labels, kind + '_' + word, label);
    put(labels, kind + '-' + word, label);
    labels.put(kind + capital(word), label);
    labels.put(capital(kind) + capital(word), label);
  }

  private static void put(Map<String, PairLabel> labels, String word, PairLabel label) {
    labels.put(word, label);
    labels.put(capital(word), label);
    labels.put(word.toUpperCase(Locale.ROOT), label);
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** What this name of a member announces; null for nothing. */
  static @Nullable PairLabel of(String member) {
    return LABELS.get(member);
  }

  /** The same of one that may have a path before it, such as {@code filter[0].name}. */
  static @Nullable PairLabel ofPath(String member) {
    return of(NamePath.last(member));
  }
}
