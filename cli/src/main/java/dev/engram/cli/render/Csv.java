package dev.engram.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values as of RFC 4180, with a heading. Control characters are escaped as {@link
 * SafeText} does, so that a record is one line and harms no terminal; a text that a spreadsheet
 * would run as a formula gets an apostrophe before it.
 */
public final class Csv {
  private static final String END = "\r\n";
  private static final String FORMULA = "=+-@";

  private Csv() {}

  /** Prints objects of {@link JsonLines}, inner ones by member; lists stay JSON. */
  public static void print(List<String> lines, PrintStream out) {
    List<FlatJson> objects = lines.stream().map(FlatJson::of).toList();
    Set<String> names = new LinkedHashSet<>();
    objects.forEach(object -> names.addAll(object.names()));
    out.print(heading(names));
    for (FlatJson object : objects) {
      out.print(
          names.stream().map(name -> cell(object.value(name))).collect(Collectors.joining(","))
              + END);
    }
  }

  /** The line over records with these members, with its end. */
  static String heading(Collection<String> names) {
    return names.stream().map(Csv::text).collect(Collectors.joining(",")) + END;
  }

  /**
   * An object of {@link JsonLines} as a line with its end; inner objects and lists stay JSON.
   *
   * @param names of its members; those of an inner object with a dot between both names
   */
  static String record(List<String> names, String line) {
    JsonNode object = FlatJson.tree(line);
    return names.stream()
            .map(name -> cell(object.at("/" + name.replace('.', '/'))))
            .collect(Collectors.joining(","))
        + END;
  }

  private static String cell(@Nullable JsonNode value) {
    if (value == null || value.isNull() || value.isMissingNode()) {
      return "";
    }
    return value.isNumber() || value.isBoolean()
        ? value.asText()
        : text(value.isValueNode() ? value.asText() : value.toString());
  }

  private static String text(String text) {
    String safe = SafeText.of(text);
    boolean formula = !safe.isEmpty() && FORMULA.indexOf(safe.charAt(0)) >= 0;
    String shown = formula ? "'" + safe : safe;
    return shown.contains(",") || shown.contains("\"")
        ? '"' + shown.replace("\"", "\"\"") + '"'
        : shown;
  }
}
