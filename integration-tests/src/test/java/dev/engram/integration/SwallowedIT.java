package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.SwallowingApp;
import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service throws and swallows is found in what it left behind. */
@Tag("full")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#all")
class SwallowedIT {
  private static final long ODD = SwallowingApp.THREADS * SwallowingApp.EACH * 3L / 2;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void exceptionsThrownAndCaught_areCountedByTypeAndPlace() {
    Child app =
        rig.java("app", jdk)
            .agent()
            .options("-Xmx128m", "-Dengram.app-packages=com.acme")
            .application(SwallowingApp.class)
            .start();
    assertThat(app.awaitExit()).as(app::describe).isZero();

    List<JsonNode> found = rig.memory(jdk).drain().swallowed();

    List<JsonNode> odd = ofType(found, "com.acme.SwallowingApp$Odd");
    assertThat(odd.stream().mapToLong(it -> it.path("count").asLong()).sum()).isEqualTo(ODD);
    assertThat(holds(at(odd, "often"), ODD * 2 / 3)).as(odd::toString).isTrue();
    assertThat(holds(at(odd, "seldom"), ODD / 3)).as(odd::toString).isTrue();
    JsonNode parse = at(ofType(found, "java.lang.NumberFormatException"), "parse");
    assertThat(holds(parse, SwallowingApp.NUMBERS)).as(parse::toString).isTrue();
    assertThat(StreamSupport.stream(parse.path("frames").spliterator(), false))
        .extracting(JsonNode::asText)
        .anyMatch(frame -> frame.startsWith("java.lang.Integer.parseInt("))
        .anyMatch(frame -> frame.startsWith("com.acme.SwallowingApp.main("));
    assertThat(ofType(found, "java.lang.IllegalStateException")).isNotEmpty();
    // Of a burst few stacks are taken: which of the two comes first is chance.
    assertThat(rig.memory(jdk).run("errors", "--swallowed").out())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("com.acme.SwallowingApp.often(SwallowingApp.java:", "Odd"));
  }

  /**
   * Three times the interval: one that holds the truth nineteen times of twenty would fail often.
   */
  private static boolean holds(JsonNode site, long truth) {
    long count = site.path("count").asLong();
    long below = count - site.path("low").asLong();
    long above = site.path("high").asLong() - count;
    return truth >= count - 3 * below && truth <= count + 3 * above;
  }

  private static List<JsonNode> ofType(List<JsonNode> found, String type) {
    return found.stream().filter(it -> it.path("type").asText().equals(type)).toList();
  }

  private static JsonNode at(List<JsonNode> sites, String method) {
    String site = "com.acme.SwallowingApp." + method + "(SwallowingApp.java:";
    return sites.stream()
        .filter(it -> it.path("site").asText().startsWith(site))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + site + " in " + sites));
  }
}
