package dev.engram.agent.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.testkit.ProcessorTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderParametersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "form-data; name=a; filename=b.txt | b.txt",
        "form-data; FileName = \"b; c.txt\" ; name=a | b; c.txt",
        "form-data; name=\"; filename=not.this\"; filename=this.txt | this.txt",
        "form-data; name=\"a\\\"; filename=not.this\"; filename=this.txt | this.txt",
        "form-data; filename=\"say \\\"hi\\\".txt\" | say \"hi\".txt",
        "form-data; filename=\"C:\\dir\\b.txt\" | C:\\dir\\b.txt",
        "form-data; filename=\"never closed | never closed",
        "form-data; filename=\"ends so\\ | ends so\\",
        "form-data; filename=first; filename=second | first",
        "form-data; flag; filename=b.txt | b.txt",
        "form-data; filename*=UTF-8''c; filename=b.txt | b.txt",
      })
  void value_isReadQuotedOrNot(String header, String filename) {
    assertThat(HeaderParameters.find(header, "filename")).isEqualTo(filename);
  }

  @Test
  void emptyValue_isOne() {
    assertThat(HeaderParameters.find("form-data; filename=\"\"", "filename")).isEmpty();
    assertThat(HeaderParameters.find("form-data; filename=", "filename")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"form-data", "filename=b.txt", "form-data; filename", "form-data; xfilename=b", "''"})
  void parameterThatIsNotThere_isNull(String header) {
    assertThat(HeaderParameters.find(header, "filename")).isNull();
  }

  @Test
  void headerOfAMegabyte_takesNoMoreThanItsLength() {
    for (String piece : new String[] {";", "=", ";=", "\"", ";a=\"", "\\", ";a=\"\\\""}) {
      String header = "x;" + piece.repeat((1 << 20) / piece.length());
      ProcessorTime.assertWithin(
          Duration.ofSeconds(5),
          piece,
          () -> assertThat(HeaderParameters.find(header, "filename")).isNull());
    }
  }
}
