package dev.engram.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void objects_areRecords_underTheNamesOfAll() {
    assertThat(
            csv(
                "{\"name\":\"a\",\"count\":3,\"attributes\":{\"x\":1.5},\"list\":[\"a\",\"b\"]}",
                "{\"name\":null,\"other\":true}"))
        .isEqualTo(
            "name,count,attributes.x,list,other\r\n"
                + "a,3,1.5,\"[\"\"a\"\",\"\"b\"\"]\",\r\n"
                + ",,,,true\r\n");
  }

  @Test
  void separatorsAndQuotes_areQuoted() {
    assertThat(csv("{\"n,m\":\"say \\\"hi\\\", you\"}"))
        .isEqualTo("\"n,m\"\r\n\"say \"\"hi\"\", you\"\r\n");
  }

  @Test
  void controlCharacters_areEscaped_soThatARecordIsALine() {
    assertThat(csv("{\"n\":\"a\\r\\nb\\u001b[2J\\t\"}"))
        .isEqualTo("n\r\na\\r\\nb\\u001b[2J\\t\r\n");
  }

  @Test
  void formulas_areNoFormulas() {
    for (String start : List.of("=", "+", "-", "@")) {
      assertThat(csv("{\"n\":\"" + start + "1+1\"}")).isEqualTo("n\r\n'" + start + "1+1\r\n");
    }
    assertThat(csv("{\"n\":-1}")).endsWith("\r\n-1\r\n");
  }

  private static String csv(String... lines) {
    CapturedTerminal fresh = CapturedTerminal.piped();
    Csv.print(List.of(lines), fresh.terminal().out());
    return fresh.out();
  }
}
