package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A web application that is undeployed is collected, whatever was remembered of it. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
@Tag("full")
class RedeployIT {
  private static final int ROUNDS = 20;
  private static final List<String> ANSWERS =
      List.of("/work 200", "/later 200", "/fail 500", "/slow 200");

  /** Jackson keeps buffers of each thread softly; Tomcat's own script opens the others. */
  private static final String[] OPTIONS = {
    "-XX:SoftRefLRUPolicyMSPerMB=0",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED"
  };

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @ParameterizedTest
  @CsvSource({"9.0.124, redeploy-javax", "11.0.27, redeploy-jakarta"})
  void applicationDeployedTwentyTimes_isCollectedTwentyTimes(String version, String servlets) {
    Fixture fixture =
        Fixture.of(
                "redeployed on Tomcat",
                version,
                "redeploy",
                "org.apache.tomcat.embed:tomcat-embed-core:" + version,
                "com.h2database:h2:2.4.240",
                "com.zaxxer:HikariCP:7.1.0",
                "com.fasterxml.jackson.core:jackson-databind:2.22.4")
            .with(servlets);
    assertCollected(fixture.startBare(rig, jdk, OPTIONS));
    assertCollected(fixture.start(rig, jdk, OPTIONS));

    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    assertThat(requests.count()).isEqualTo(ROUNDS * ANSWERS.size());
    assertThat(memory.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.path("count").asInt()).isEqualTo(ROUNDS));
  }

  private static void assertCollected(Child tomcat) {
    assertThat(tomcat.awaitExit()).as(tomcat::describe).isZero();
    assertThat(tomcat.out()).contains("collected " + ROUNDS + " of " + ROUNDS);
    assertThat(tomcat.out().subList(0, ANSWERS.size())).isEqualTo(ANSWERS);
  }
}
