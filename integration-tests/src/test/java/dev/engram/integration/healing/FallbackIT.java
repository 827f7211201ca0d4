package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Older answers that stand in for failures, from the first failure until they are too old. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class FallbackIT {
  private static final Fixture SERVICE =
      Fixture.of("Fallback", "of the JDK", "fallback").with("routes");

  private static final String METHODS =
      "com.acme.Quotes#quote:1h,com.acme.Quotes#stock:3s,com.acme.Quotes#isOpen=false,"
          + "com.acme.Quotes#defect:1h";

  /** Part of each quote: what is kept to stand in is in the service's memory alone. */
  private static final String SECRET = "Zq7Xv93K";

  private static final Duration LEARNT_WITHIN = Duration.ofMinutes(2);

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  private Traffic traffic;

  @Test
  void olderAnswer_isTried_thenStandsIn_asLongAsItIsFresh_andIsMasked_notResolved()
      throws IOException {
    rig.expectVoice("switches\\.json|remedies\\.json|remedy R-");
    Child collector = rig.collector(jdk);
    Child service =
        SERVICE.start(
            rig,
            jdk,
            "-Dengram.heal=auto",
            "-Dengram.heal.fallback=" + METHODS,
            "-Dengram.app-packages=com.acme");
    traffic = Traffic.toApplication(service);

    awaitActive("/quote?book", "quote");
    awaitActive("/open?ada", "isOpen");
    awaitActive("/stock", "stock");
    lastGoodAnswerStandsIn();
    answerThatIsTooOldDoesNot();
    assertThat(ok("/open?bob").body()).as("as it is set").isEqualTo("false");
    for (int i = 0; i < 5; i++) {
      assertThat(traffic.get("/defect").status()).as("a mistake stays one").isEqualTo(500);
    }
    assertMaskedIsNotResolved();

    switchOff();
    collector.kill();
    service.stop();
    assertThat(HomeFiles.holding(rig.home(), SECRET)).isEmpty();
  }

  /** Each round it answers first, and fails then. */
  private void awaitActive(String path, String method) {
    await(method + " is active")
        .atMost(LEARNT_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              ok("/down?false");
              ok(path);
              ok("/down?true");
              for (int i = 0; i < 5; i++) {
                traffic.get(path);
              }
              return state(method).equals("active");
            });
    await("the service has read it")
        .atMost(LEARNT_WITHIN)
        .until(
            () -> {
              ok("/down?false");
              ok(path);
              ok("/down?true");
              for (int i = 0; i < 10; i++) {
                if (traffic.get(path).status() != 200) {
                  return false;
                }
              }
              return true;
            });
  }

  private void lastGoodAnswerStandsIn() {
    ok("/down?false");
    String book = ok("/quote?book").body();
    String pen = ok("/quote?pen").body();
    assertThat(book).contains(SECRET);
    ok("/down?true");
    for (int i = 0; i < 5; i++) {
      assertThat(ok("/quote?book").body()).isEqualTo(book);
      assertThat(ok("/quote?pen").body()).isEqualTo(pen);
      assertThat(traffic.get("/quote?never-asked").status()).isEqualTo(500);
    }
  }

  private void answerThatIsTooOldDoesNot() {
    await("the stock is too old")
        .atMost(LEARNT_WITHIN)
        .until(() -> traffic.get("/stock").status() == 500);
    assertThat(traffic.get("/stock").status()).isEqualTo(500);
  }

  private void assertMaskedIsNotResolved() {
    List<JsonNode> remedies = rig.memory(jdk).lines("remedies", "--json");
    assertThat(remedies)
        .extracting(it -> it.path("action").asText())
        .containsExactlyInAnyOrder(
            "fallback method com.acme.Quotes#quote",
            "fallback method com.acme.Quotes#stock",
            "fallback method com.acme.Quotes#isOpen");
    assertThat(remedies)
        .allSatisfy(
            it -> {
              assertThat(it.path("kind").asText()).isEqualTo("fallback");
              assertThat(it.path("state").asText()).isEqualTo("active");
              assertThat(it.path("masked").asInt()).isGreaterThanOrEqualTo(6);
              assertThat(it.path("resolved").asInt()).isZero();
            });
    String id = remedies.get(0).path("remedy_id").asText();
    Child explained = rig.memory(jdk).run("remedies", "explain", id);
    assertThat(String.join("\n", explained.out()))
        .contains("fallback method", "if it masks nine of ten", "are masked, and none is resolved");
    String error = remedies.get(0).path("error_id").asText();
    assertThat(String.join("\n", rig.memory(jdk).run("errors", "show", error).out()))
        .contains("the quote service does not answer");
  }

  private void switchOff() {
    rig.memory(jdk).run("heal", "off");
    await("nothing stands in any more")
        .atMost(LEARNT_WITHIN)
        .until(() -> traffic.get("/quote?book").status() == 500);
  }

  private Answer ok(String path) {
    Answer answer = traffic.get(path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer;
  }

  private String state(String method) {
    return InForce.of(rig.home(), "#" + method);
  }
}
