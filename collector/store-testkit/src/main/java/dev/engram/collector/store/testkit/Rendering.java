package dev.engram.collector.store.testkit;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers as text that is equal exactly when they are, by content: arrays included, maps in no
 * order, types and hostile characters visible. Pure.
 */
final class Rendering {
  private Rendering() {}

  /** One line for each element of a collection, else one line. */
  static List<String> lines(Object answer) {
    return answer instanceof Collection<?> all
        ? all.stream().map(Rendering::of).toList()
        : List.of(of(answer));
  }

  static String of(@Nullable Object value) {
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof byte[] bytes) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Record fields) {
      return fields(fields);
    }
    if (value instanceof Map<?, ?> map) {
      return sorted(map);
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(Rendering::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Optional<?> maybe) {
      return maybe.map(Rendering::of).orElse("nothing");
    }
    return value instanceof Number number
        ? number.getClass().getSimpleName() + " " + number
        : String.valueOf(value);
  }

  private static String fields(Record fields) {
    StringBuilder text = new StringBuilder(fields.getClass().getSimpleName()).append("(");
    for (RecordComponent field : fields.getClass().getRecordComponents()) {
      try {
        text.append(field.getName()).append("=");
        text.append(of(field.getAccessor().invoke(fields))).append(" ");
      } catch (ReflectiveOperationException hidden) {
        throw new IllegalArgumentException(fields.getClass() + " is not public", hidden);
      }
    }
    return text.append(")").toString();
  }

  private static String sorted(Map<?, ?> map) {
    Map<String, String> entries = new TreeMap<>();
    map.forEach((key, value) -> entries.put(of(key), of(value)));
    return entries.toString();
  }

  private static String quoted(String text) {
    return text.chars()
        .mapToObj(c -> c >= ' ' && c < 127 ? String.valueOf((char) c) : String.format("\\u%04x", c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
