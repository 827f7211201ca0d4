package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import dev.engram.cli.render.CapturedTerminal;
import dev.engram.cli.render.Style;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Parquet's own reader finds in an exported file. */
class ParquetExportTest {
  @TempDir private Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void spans_areRowsOfTypedColumns() throws IOException {
    SampleMemory.in(home);

    Path file = export("export", "--format", "parquet");

    assertThat(schema(file).toString().lines().map(String::strip))
        .startsWith("message span {", "optional binary trace_id (STRING);")
        .contains(
            "optional int64 start (TIMESTAMP(NANOS,true));",
            "optional int64 duration_ns;",
            "optional binary attributes (JSON);");
    assertThat(rows(file))
        .hasSize(3)
        .first()
        .satisfies(
            order -> {
              assertThat(order)
                  .containsEntry("span_id", "0000000000000010")
                  .containsEntry("service", "shop")
                  .containsEntry("name", "POST /orders")
                  .containsEntry("start", SampleMemory.MIDNIGHT + 5_000_000)
                  .containsEntry("duration_ns", 100_000_000L)
                  .containsEntry("exceptions", 1L)
                  .containsEntry(
                      "attributes",
                      "{\"http.request.method\":\"POST\",\"http.response.status_code\":500}");
              assertThat(order.get("parent_span_id")).isNull();
            });
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void errors_areRowsToo() throws IOException {
    SampleMemory.in(home);

    assertThat(rows(export("export", "errors", "--format", "parquet")))
        .singleElement()
        .satisfies(
            error ->
                assertThat(error)
                    .containsEntry("id", "E-abcdef012345")
                    .containsEntry("thrown.type", "com.acme.NoBox")
                    .containsEntry("thrown.message", "no \u001b[31mbox\nat all"));
  }

  @Test
  void hostileText_isKept_andALoneSurrogateIsReplaced() throws IOException {
    SampleMemory.in(home, IntStream.range(0, 300).mapToObj(ParquetExportTest::hostile).toList());

    assertThat(rows(export("export", "--format", "parquet", "--where", "category=hostile")))
        .hasSize(300)
        .allSatisfy(row -> assertThat(row).containsEntry("name", "\u0000 ? \uD83D\uDE00 ÿ"));
  }

  @Test
  void nothing_isAFileWithoutRows() throws IOException {
    SampleMemory.in(home);

    assertThat(rows(export("export", "--format", "parquet", "--service", "nobody"))).isEmpty();
    assertThat(terminal.err()).contains("nobody");
  }

  @Test
  void terminal_isNotFilledWithBytes() {
    SampleMemory.in(home);
    terminal = CapturedTerminal.interactive(Style.PLAIN, 80);

    assertThat(RunCommands.in(home, terminal, SampleMemory.CLOCK, "export", "--format", "parquet"))
        .isEqualTo(2);
    assertThat(terminal.err())
        .startsWith("engram: parquet is not for a terminal: write it to a file, as with > spans.p");
    assertThat(terminal.out()).isEmpty();
  }

  private Path export(String... arguments) throws IOException {
    assertThat(RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments)).isZero();
    return Files.write(home.resolve("exported.parquet"), terminal.outBytes());
  }

  private static MessageType schema(Path file) throws IOException {
    return ParquetReader.readMetadata(file.toFile()).getFileMetaData().getSchema();
  }

  private static List<Map<String, Object>> rows(Path file) throws IOException {
    return ParquetReader.streamContent(file.toFile(), new Members()).toList();
  }

  private static Row hostile(int number) {
    return new SpanRow(
        SampleMemory.INSTANCE,
        10 + number,
        new TraceId(0xccccccccccccccccL, 3),
        100 + number,
        0,
        "INTERNAL",
        "hostile",
        "\u0000 \uD800 \uD83D\uDE00 ÿ",
        SampleMemory.MIDNIGHT,
        1,
        "unset",
        null,
        Map.of("text", "\uDC00"),
        List.of(),
        false);
  }

  private static final class Members
      implements Hydrator<Map<String, Object>, Map<String, Object>, String[]> {
    @Override
    public Map<String, Object> start() {
      return new HashMap<>();
    }

    @Override
    public Map<String, Object> add(Map<String, Object> row, String[] column, Object value) {
      row.put(String.join(".", column), value);
      return row;
    }

    @Override
    public Map<String, Object> finish(Map<String, Object> row) {
      return row;
    }
  }
}
