package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.healing.Episode.ByCount;
import dev.engram.integration.healing.Episode.ByDuration;
import dev.engram.integration.healing.Episode.ByProbability;
import dev.engram.integration.healing.Episode.ForEver;
import dev.engram.integration.healing.Fault.Arm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
  private static final Path DOCUMENT = Artifacts.root().resolve("docs/faults.md");

  @Test
  void faults_areAsManyAsPromised_eachWithANameOfItsOwn() {
    assertThat(Faults.of(Arm.TRANSIENT)).hasSizeGreaterThanOrEqualTo(25);
    assertThat(Faults.of(Arm.CONTROL)).hasSizeGreaterThanOrEqualTo(15);
    assertThat(Faults.of(Arm.HARM)).isNotEmpty();
    assertThat(Faults.all()).extracting(Fault::name).doesNotHaveDuplicates();
  }

  /** Whoever changes a fault or its schedule must say so here, in the document. */
  @Test
  void document_namesEachFault_andTheDigestOfAllSchedules() throws Exception {
    String document = Files.readString(DOCUMENT);

    assertThat(Faults.all())
        .allMatch(fault -> document.contains("| " + fault.name() + " | "), "is in the document")
        .allMatch(fault -> document.contains(fault.what()), "is described in the document");
    assertThat(document).contains("seed " + Schedule.SEED).contains(digest());
  }

  @ParameterizedTest
  @MethodSource("transientFaults")
  void transientFault_alwaysFailsAtFirst_andPasses_inEveryShape(Fault fault) {
    List<Episode> episodes = Schedule.of(fault, Schedule.SEED);

    assertThat(episodes).hasSize(Schedule.EVENTS).isEqualTo(Schedule.of(fault, Schedule.SEED));
    assertThat(episodes).allMatch(episode -> episode.fails(1, Duration.ZERO));
    assertThat(episodes)
        .allMatch(
            episode ->
                IntStream.range(2, 40)
                    .anyMatch(attempt -> !episode.fails(attempt, Duration.ofSeconds(1))));
    assertThat(episodes).hasAtLeastOneElementOfType(ByCount.class);
    assertThat(episodes).hasAtLeastOneElementOfType(ByDuration.class);
    assertThat(episodes).hasAtLeastOneElementOfType(ByProbability.class);
  }

  @Test
  void controlFault_neverPasses() {
    assertThat(Schedule.of(Faults.of(Arm.CONTROL).get(0), 1)).hasOnlyElementsOfType(ForEver.class);
  }

  @Test
  void exceptionsOfMethods_areDrawnAsInPractice() {
    Fault fault = Faults.of(Arm.TRANSIENT).get(0);
    long io =
        IntStream.range(0, 10_000)
            .mapToObj(event -> Schedule.exception(fault, Schedule.SEED, event))
            .filter("java.io.IOException"::equals)
            .count();

    // 311 of 365 are 85.2%; six standard deviations are 2.1%.
    assertThat(io).isBetween(8_300L, 8_740L);
  }

  static List<Fault> transientFaults() {
    return Faults.of(Arm.TRANSIENT);
  }

  /** Not the decimal digits of a double, of which JDKs before 19 sometimes print more. */
  private static String text(Episode episode) {
    return episode instanceof ByProbability drawn
        ? Double.toHexString(drawn.probability()) + " " + drawn.seed()
        : episode.toString();
  }

  private static String digest() throws NoSuchAlgorithmException {
    StringBuilder all = new StringBuilder();
    for (Fault fault : Faults.all()) {
      all.append(fault).append('\n');
      Schedule.of(fault, Schedule.SEED).forEach(episode -> all.append(text(episode)).append('\n'));
    }
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(all.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }
}
