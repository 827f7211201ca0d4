package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.analysis.solution.Solutions;
import dev.engram.collector.store.ThrownStack;
import dev.engram.testkit.ProcessorTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SolutionCatalogueTest {
  private final List<Solution> catalogue = SolutionCatalogue.shipped();
  private final Solutions solutions = Solutions.of(catalogue, List.of());

  @Test
  void shippedSolutions_areSound() {
    assertThat(catalogue).hasSizeGreaterThanOrEqualTo(60);
    assertThat(catalogue).extracting(Solution::id).doesNotHaveDuplicates();
    assertThat(catalogue).allMatch(it -> it.id().matches("S-[a-z0-9]+(-[a-z0-9]+)*"));
    assertThat(catalogue).allMatch(it -> it.remedy().endsWith("."));
    assertThat(catalogue)
        .allSatisfy(it -> assertThat(URI.create(it.link()).getScheme()).isEqualTo("https"));
    assertThat(catalogue)
        .allSatisfy(
            it ->
                assertThat(it.symptom().types().size() + it.symptom().messages().size())
                    .as(it.id())
                    .isPositive());
  }

  @Test
  void typesOfTheJdk_exist() {
    assertThat(catalogue)
        .flatExtracting(it -> it.symptom().types())
        .filteredOn(type -> type.toString().startsWith("java."))
        .hasSizeGreaterThan(40)
        .allSatisfy(type -> assertThat(Class.forName(type.toString())).isNotNull());
  }

  /** By each of its types and messages, with other words where a pattern has a star. */
  @Test
  void eachOne_isFoundByItsSymptom() {
    for (Solution it : catalogue) {
      for (String type : orNone(it.symptom().types(), "a.B")) {
        for (String message : orNone(it.symptom().messages(), "m")) {
          ThrownStack thrown = thrown(type, "oh, " + message.replace("*", " this or that "), null);
          assertThat(solutions.against(List.of(1L), thrown)).as(it.id()).contains(it);
        }
      }
    }
  }

  @Test
  void wellKnownErrors_haveTheirSolutionFirstOrAlone() {
    assertThat(first("java.sql.SQLTransientConnectionException", HIKARI))
        .isEqualTo("S-hikari-exhausted");
    assertThat(first("org.postgresql.util.PSQLException", "ERROR: deadlock detected"))
        .isEqualTo("S-sql-deadlock");
    assertThat(first("java.net.ConnectException", "Connection refused"))
        .isEqualTo("S-connect-refused");
    assertThat(first("java.lang.OutOfMemoryError", "Metaspace")).isEqualTo("S-metaspace");
    assertThat(first("com.openai.errors.RateLimitException", "429: insufficient_quota"))
        .isEqualTo("S-ai-quota");
    assertThat(solutions.against(List.of(1L), thrown("com.acme.NoBox", "no box", null))).isEmpty();
  }

  /** What one lookup of {@code engram similar} may take at 2,000 a second, many times over. */
  @Test
  void lookups_areFast() {
    ThrownStack thrown =
        thrown(
            "a.Wrapped",
            "x".repeat(500),
            thrown("java.sql.SQLException", "could not connect " + "y".repeat(500), null));
    ProcessorTime.assertWithin(
        Duration.ofSeconds(10),
        "lookups",
        () -> {
          for (int i = 0; i < 20_000; i++) {
            assertThat(solutions.against(List.of(1L), thrown)).isEmpty();
          }
        });
  }

  private static final String HIKARI =
      "HikariPool-1 - Connection is not available, request timed out after 30000ms.";

  private String first(String type, String message) {
    return solutions.against(List.of(1L), thrown(type, message, null)).get(0).id();
  }

  private static List<String> orNone(List<String> some, String none) {
    return some.isEmpty() ? List.of(none) : some;
  }

  private static ThrownStack thrown(String type, String message, @Nullable ThrownStack cause) {
    return new ThrownStack(type, message, 0, List.of(), 0, cause, List.of());
  }
}
