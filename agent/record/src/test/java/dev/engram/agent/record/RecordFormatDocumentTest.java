package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ring.Excerpt;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/record-format.md} says what the code does. */
class RecordFormatDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "..", "docs", "record-format.md");

  private final String document = read();

  @Test
  void everyField_isDocumentedInItsScope() {
    for (dev.engram.agent.record.Field field : dev.engram.agent.record.Field.values()) {
      String row = "| %d | `%s` | `%s` |".formatted(field.tag(), field, field.wireType());
      assertThat(section(field.scope())).contains(row);
    }
    assertThat(rows("\\| \\d+ \\| `[A-Z_]+` \\| `(VARINT|FIXED64|BYTES)` \\|"))
        .hasSize(dev.engram.agent.record.Field.values().length);
  }

  @Test
  void everyAttributeCode_isDocumented() throws IllegalAccessException {
    List<String> expected = new ArrayList<>();
    for (Field constant : AttributeKey.class.getFields()) {
      if (constant.getType() == AttributeKey.class) {
        AttributeKey key = (AttributeKey) constant.get(null);
        expected.add("| %d | `%s` |".formatted(key.code(), key.name()));
      }
    }
    assertThat(rows("\\| \\d+ \\| `[a-z_.0-9-]+` \\|$"))
        .isNotEmpty()
        .containsExactlyElementsOf(expected);
  }

  @Test
  void everyKind_isDocumented() {
    for (RecordKind kind : RecordKind.values()) {
      assertThat(document).contains("`%s` | %d | `TIME`".formatted(kind, kind.code()));
    }
  }

  @Test
  void everyWireTypeAndBound_isDocumented() {
    for (WireType type : WireType.values()) {
      assertThat(document).contains("| `%s` | %d |".formatted(type, type.code()));
    }
    assertThat(document)
        .contains("%,d fields".formatted(RecordFormat.MAX_FIELDS).replace('.', ','))
        .contains("at most %d deep".formatted(RecordFormat.MAX_DEPTH))
        .contains("at most %d MiB".formatted(RecordFormat.MAX_RECORD_LENGTH >> 20))
        .contains("now %d; never 0".formatted(RecordFormat.VERSION));
  }

  @Test
  void everyEnumeration_isDocumented() {
    assertRow("SPAN_KIND", SpanKind.values(), kind -> kind.code() + " " + kind);
    assertRow("CATEGORY", Category.values(), category -> category.code() + " " + category);
    assertRow("STATUS", SpanStatus.values(), status -> status.code() + " " + status);
    assertRow("ORIGIN", ExceptionOrigin.values(), origin -> origin.code() + " " + origin);
    for (ShedReason reason : ShedReason.values()) {
      assertThat(document).contains(reason.code() + " `" + reason.label() + "`");
    }
  }

  @Test
  void everyOffset_isDocumented() throws IllegalAccessException {
    String ring = document.substring(document.indexOf("## The ring file"));
    // The second half of the UUID is documented with the first.
    assertOffsets(RingLayout.class, ring, "INSTANCE_LOW_OFFSET");
    String excerpt =
        document.substring(
            document.indexOf("## A queue excerpt"), document.indexOf("## The ring file"));
    assertOffsets(Excerpt.class, excerpt, "");
  }

  private static void assertOffsets(Class<?> layout, String section, String except)
      throws IllegalAccessException {
    for (Field constant : layout.getFields()) {
      boolean offset = constant.getName().endsWith("_OFFSET");
      if (offset
          && Modifier.isStatic(constant.getModifiers())
          && !constant.getName().equals(except)) {
        assertThat(section).as(constant.getName()).contains("\n| " + constant.get(null) + " | ");
      }
    }
  }

  private <T> void assertRow(
      String field, T[] values, java.util.function.Function<T, String> shown) {
    String row = rows("\\| \\d+ \\| `" + field + "` \\|.*").get(0);
    String[] expected =
        Arrays.stream(values)
            .map(shown)
            .map(text -> text.toLowerCase(Locale.ROOT))
            .toArray(String[]::new);
    assertThat(row).contains(String.join(", ", expected));
  }

  private String section(dev.engram.agent.record.Field.Scope scope) {
    String title =
        switch (scope) {
          case RECORD -> "## Fields of a record";
          case ATTRIBUTE -> "### Fields of an attribute group";
          case PAYLOAD -> "### Fields of a payload group";
          case THROWABLE -> "### Fields of a throwable group";
          case FRAME -> "### Fields of a frame group";
        };
    int start = document.indexOf(title);
    assertThat(start).as(title).isNotNegative();
    int end = document.indexOf("\n##", start + title.length());
    return document.substring(start, end);
  }

  private List<String> rows(String pattern) {
    return Pattern.compile("^" + pattern, Pattern.MULTILINE)
        .matcher(document)
        .results()
        .map(result -> result.group())
        .toList();
  }

  private static String read() {
    try {
      return Files.readString(DOCUMENT);
    } catch (IOException e) {
      throw new AssertionError("run from the module's folder", e);
    }
  }
}
