package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
  private static final List<String> WORDS =
      List.of("requests", "errors", "status", "--since", "--service", "--limit");

  @ParameterizedTest
  @CsvSource({
    "request, requests",
    "reqeusts, requests",
    "error, errors",
    "statsu, status",
    "--sinse, --since",
    "--servce, --service",
    "--limits, --limit"
  })
  void of_smallSlip_findsWhatWasMeant(String typed, String meant) {
    assertThat(NearestWord.of(typed, WORDS)).contains(meant);
  }

  @Test
  void of_anotherWord_suggestsNothing() {
    assertThat(NearestWord.of("kubernetes", WORDS)).isEmpty();
  }

  @Test
  void of_nothingToChooseFrom_suggestsNothing() {
    assertThat(NearestWord.of("errors", List.of())).isEmpty();
  }
}
