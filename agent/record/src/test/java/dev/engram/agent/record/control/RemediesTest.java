package dev.engram.agent.record.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemediesTest {
  private static final Remedy REMEDY =
      new Remedy(
          "R-00000000002a", Remedy.retry("method a.B#c"), -7, Remedy.State.TRIAL, 0.5, 4, 50, 800);
  private static final Remedies WRITTEN =
      new Remedies(3, Instant.parse("2026-01-31T09:30:00Z"), List.of(REMEDY));

  @Test
  void file_isReadAsItWasWritten_whateverElseItSays() throws MalformedControlFileException {
    String json = WRITTEN.toJson();

    assertThat(Remedies.parse(json)).isEqualTo(WRITTEN);
    assertThat(Remedies.parse(json.replaceFirst("\\{", "{\"of_a_newer_version\": 1, ")))
        .isEqualTo(WRITTEN);
  }

  @Test
  void remedyThatRunsNothingAgain_hasNoRuns_andOneOfAnUnknownKindIsKnownAsSuch()
      throws MalformedControlFileException {
    String fallback = Remedy.Kind.FALLBACK.at("method a.B#c");
    String json = WRITTEN.toJson().replace(REMEDY.action(), fallback);
    String without = json.replaceAll(",\\s*\"(attempts|base_ms|cap_ms)\": [0-9]+", "");
    assertThat(without).doesNotContain("attempts").doesNotContain("_ms");

    Remedy read = Remedies.parse(without).remedies().get(0);
    assertThat(read)
        .isEqualTo(new Remedy(REMEDY.id(), fallback, -7, Remedy.State.TRIAL, 0.5))
        .returns(Remedy.Kind.FALLBACK, Remedy::kind);
    assertThat(Remedies.parse(json).remedies()).containsExactly(read);

    Remedies newer = Remedies.parse(without.replace("fallback", "of-tomorrow"));
    assertThat(newer.remedies()).extracting(Remedy::kind).containsExactly((Remedy.Kind) null);
    assertThat(newer.known().remedies()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"attempts\": 4 | \"attempts\": 7 | whole number from 2 to 6 for attempts",
        "\"attempts\": 4 | \"attempts\": 1 | whole number from 2 to 6 for attempts",
        "\"attempts\": 4 | \"attempts\": 4.5 | whole number from 2 to 6 for attempts",
        "\"attempts\" | \"tries\" | whole number from 2 to 6 for attempts",
        "\"share\": 0.5 | \"share\": 1.1 | number from 0 to 1 for share",
        "\"share\": 0.5 | \"share\": \"all\" | number for share",
        "\"share\" | \"part\" | number from 0 to 1 for share",
        "\"base_ms\": 50 | \"base_ms\": 0 | whole number from 1 to 10000 for base_ms",
        "\"base_ms\": 50 | \"base_ms\": 900 | whole number from 900 to 10000 for cap_ms",
        "\"cap_ms\": 800 | \"cap_ms\": 20001 | whole number from 50 to 10000 for cap_ms",
        "R-00000000002a | R-2a | needs an id such as R-1f0c9a77b3d2",
        "retry method a.B#c | retry | action such as retry method com.acme.Prices#load",
        "fffffffffffffff9 | -7 | hex digits for fingerprint",
        "\"state\": \"trial\" | \"state\": \"forever\" | one of active, trial for state",
        "\"serial\": 3 | \"serial\": 0 | whole number from 1",
        "\"serial\": 3 | \"serial\": 9007199254740993 | whole number from 1 to 9007199254740992",
        "2026-01-31T09:30:00Z | tomorrow | needs a time such as",
      })
  void file_withAnythingWrongInIt_isRefusedAsAWhole(String right, String wrong, String why) {
    String json = WRITTEN.toJson();
    assertThat(json).contains(right);

    assertThatThrownBy(() -> Remedies.parse(json.replace(right, wrong)))
        .isInstanceOf(MalformedControlFileException.class)
        .hasMessageContaining(why);
  }
}
