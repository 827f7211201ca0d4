package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.provider.ModelProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that is overloaded for good, beside another one that answers in its place. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class AlternativeModelIT {
  private static final List<Fixture> CLIENTS =
      List.of(
          client("JDK HttpClient", "of the JDK", "ai-jdk-http-client"),
          client("OkHttp", "5.5.1", "ai-okhttp", "com.squareup.okhttp3:okhttp-jvm:5.5.1"),
          client(
              "Apache HttpClient 4",
              "4.5.14",
              "ai-apache-4",
              "org.apache.httpcomponents:httpclient:4.5.14",
              "org.slf4j:slf4j-nop:2.0.17"),
          client(
              "Apache HttpClient 5",
              "5.6.5",
              "ai-apache-5",
              "org.apache.httpcomponents.client5:httpclient5:5.6.5",
              "org.slf4j:slf4j-nop:2.0.17"));

  private static final String ASKED = "stub-chat";
  private static final String OTHER = "stub-small";

  /** Until it has been shown to help nothing, a retry of the same questions takes its time. */
  private static final Duration WITHIN = Duration.ofMinutes(4);

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture client;

  @Parameter(1)
  Jdk jdk;

  private ModelProvider provider;
  private Traffic traffic;

  /** The JDK's client alone in the fast tier. */
  static Stream<Arguments> matrix() {
    return FixturesByTier.of(CLIENTS);
  }

  private static Fixture client(
      String framework, String version, String sources, String... coordinates) {
    return Fixture.of(framework, version, sources, coordinates)
        .with("ai-openai")
        .with("ai-questions")
        .with("routes");
  }

  @Test
  void otherModelIsAsked_onceAPersonHasSaidSo_andItsAnswersAreMasked() throws IOException {
    rig.expectVoice("switches\\.json|remedies\\.json|remedy R-");
    try (ModelProvider running = new ModelProvider(0)) {
      provider = running;
      provider.overload(ASKED);
      Child collector = rig.collector(jdk);
      Child service =
          client.start(
              rig,
              jdk,
              "-Dengram.heal=auto",
              "-Dengram.heal.models=" + ASKED + '=' + OTHER,
              "-Dprovider=" + provider.url());
      traffic = Traffic.toApplication(service);

      String id = itIsSeen_andNothingIsDone();
      rig.memory(jdk).run("remedies", "approve", id);
      questionsAreAnswered();
      assertMasked(id);
      switchOff();
      collector.kill();
      service.stop();
    }
  }

  private String itIsSeen_andNothingIsDone() {
    await("it is seen")
        .atMost(WITHIN)
        .until(
            () -> {
              assertThat(ask()).startsWith("503 ");
              return !alternatives().isEmpty();
            });
    JsonNode remedy = alternatives().get(0);
    assertThat(remedy.path("action").asText())
        .isEqualTo("alternative ai 127.0.0.1:" + provider.port() + ' ' + ASKED + '=' + OTHER);
    assertThat(remedy.path("state").asText()).isEqualTo("observed");
    assertThat(remedy.path("applied").asBoolean()).as("it waits for a person").isFalse();
    assertThat(provider.interactions())
        .as("nobody has asked the other model")
        .allMatch(it -> it.asked().model().equals(ASKED));
    return remedy.path("remedy_id").asText();
  }

  private void questionsAreAnswered() {
    await("it is active")
        .atMost(WITHIN)
        .until(
            () -> {
              ask();
              return InForce.of(rig.home(), ASKED + '=' + OTHER).equals("active");
            });
    await("the service has read it")
        .atMost(WITHIN)
        .until(() -> Stream.generate(this::ask).limit(10).allMatch(it -> it.startsWith("200 ")));
    assertThat(provider.interactions())
        .filteredOn(it -> it.asked().model().equals(OTHER))
        .allMatch(it -> it.asked().prompt().equals("hello"));
  }

  private void assertMasked(String id) {
    JsonNode remedy = alternatives().get(0);
    assertThat(remedy.path("masked").asInt()).isGreaterThanOrEqualTo(6);
    assertThat(remedy.path("resolved").asInt()).isZero();
    Child explained = rig.memory(jdk).run("remedies", "explain", id);
    assertThat(String.join("\n", explained.out()))
        .contains(
            "if it masks nine of ten", "were given another model's answer", "none is resolved");
  }

  private void switchOff() {
    rig.memory(jdk).run("heal", "off");
    await("the other model is not asked any more")
        .atMost(WITHIN)
        .until(() -> ask().startsWith("503 "));
    assertThat(ask()).startsWith("503 ");
  }

  private String ask() {
    return traffic.get("/chat?hello").body();
  }

  private List<JsonNode> alternatives() {
    return rig.memory(jdk).lines("remedies", "--json").stream()
        .filter(it -> it.path("kind").asText().equals("alternative"))
        .toList();
  }
}
