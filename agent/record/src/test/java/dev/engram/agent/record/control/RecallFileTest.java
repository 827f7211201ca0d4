package dev.engram.agent.record.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.engram.agent.record.control.Recollection.Judgement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecallFileTest {
  private static final Instant EXPIRES = Instant.parse("2026-01-31T12:00:00Z");
  private static final Instant DECIDED = Instant.parse("2026-01-30T11:00:00.123456789Z");

  @Test
  void file_comesBackAsItWasWritten() throws MalformedControlFileException {
    Recollection decision =
        new Recollection(
            Recollection.DECISION,
            "",
            "route \"order\"\n",
            "00f067aa0ba902b7",
            DECIDED,
            "a3ce929d0e0e4736",
            "where is \ud83d\udce6, and a lone \ud83d",
            "fast",
            0.95,
            "success",
            List.of(
                new Judgement("helpful", 1, "ada", "on time"),
                new Judgement(null, Double.NaN, null, "so so")));
    Recollection node =
        new Recollection(
            Recollection.NODE,
            "triage",
            "classify",
            "00f067aa0ba902b8",
            DECIDED,
            "",
            "",
            "",
            Double.NaN,
            "unknown",
            List.of());
    RecallFile file = new RecallFile(EXPIRES, List.of(decision, node));

    assertThat(RecallFile.parse(file.toJson())).isEqualTo(file);
  }

  @Test
  void membersOfANewerCollector_arePassedOver() throws MalformedControlFileException {
    RecallFile file =
        RecallFile.parse(
            "{\"expires\": \"2026-01-31T12:00:00Z\", \"format\": 2, \"recollections\": ["
                + "{\"kind\": \"error\", \"name\": \"E-1\", \"id\": \"1\", \"solution\": \"retry\","
                + " \"time\": \"2026-01-30T11:00:00Z\", \"outcome\": \"success\"}]}");

    assertThat(file.recollections()).extracting(Recollection::kind).containsExactly("error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|is no JSON object",
        "{\"recollections\": []}|needs a time for expires",
        "{\"expires\": \"soon\"}|needs a time such as",
        "{\"expires\": \"2026-01-31T12:00:00Z\", \"recollections\": 1}|needs a list of at most",
        "{\"expires\": \"2026-01-31T12:00:00Z\", \"recollections\": [1]}|needs objects in",
        "{\"expires\": \"2026-01-31T12:00:00Z\", \"recollections\": [{}]}|needs a text for kind",
      })
  void whatIsNoSuchFile_isRefused(String json, String why) {
    assertThatExceptionOfType(MalformedControlFileException.class)
        .isThrownBy(() -> RecallFile.parse(json))
        .withMessageStartingWith(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"outcome\": \"success\"|\"outcome\": \"great\"|needs one of failure, partial, success,",
        "\"confidence\": 0.5|\"confidence\": 1.5|needs a number from 0 to 1 for confidence",
        "\"confidence\": 0.5|\"confidence\": 1e999|needs a number for confidence",
        "\"name\": \"route\"|\"name\": \"\"|needs a text for name",
        "\"answer\": \"fast\"|\"answer\": 7|needs a text of at most 1000 characters for answer",
      })
  void recollectionThatBreaksABound_costsTheFile(String good, String bad, String why)
      throws MalformedControlFileException {
    String json = new RecallFile(EXPIRES, List.of(recollection("fast"))).toJson();
    assertThat(RecallFile.parse(json).recollections()).hasSize(1);
    assertThat(json).contains(good);

    assertThatExceptionOfType(MalformedControlFileException.class)
        .isThrownBy(() -> RecallFile.parse(json.replace(good, bad)))
        .withMessageStartingWith(why);
  }

  @Test
  void textThatIsTooLong_costsTheFile() {
    String tooLong = "x".repeat(Recollection.LONGEST + 1);
    String json = new RecallFile(EXPIRES, List.of(recollection(tooLong))).toJson();

    assertThatExceptionOfType(MalformedControlFileException.class)
        .isThrownBy(() -> RecallFile.parse(json))
        .withMessageContaining("for answer");
  }

  private static Recollection recollection(String answer) {
    return new Recollection(
        Recollection.DECISION,
        "",
        "route",
        "00f067aa0ba902b7",
        DECIDED,
        "",
        "",
        answer,
        0.5,
        "success",
        List.of());
  }
}
