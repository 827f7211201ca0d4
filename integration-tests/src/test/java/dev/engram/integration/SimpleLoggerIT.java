package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An exception that is logged with nothing but SLF4J is remembered. */
@Tag("full")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#all")
class SimpleLoggerIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  /** Version 1.7 has put the values in before anybody can look. */
  @ParameterizedTest
  @CsvSource({"1.7.36, com.acme.Orders", "2.0.17, com.acme.Orders: No place for {}"})
  void exceptionThatIsLogged_isRememberedOnce_whereItsLevelLetsItPass(String version, String site) {
    Fixture fixture =
        Fixture.of("slf4j-simple", version, "slf4j-simple", "org.slf4j:slf4j-simple:" + version)
            .with("routes");
    Child service = fixture.start(rig, jdk);
    Traffic traffic = Traffic.toApplication(service);
    Answer logged = traffic.get("/logged");
    traffic.get("/held-back");
    traffic.get("/without");
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    assertThat(memory.errors()).hasSize(1);
    assertThat(memory.trace(logged.traceId()).exceptions())
        .singleElement()
        .satisfies(
            thrown -> {
              assertThat(Trace.message(thrown)).isEqualTo("logged");
              assertThat(thrown.path("origin").asText()).isEqualTo("logged");
              assertThat(thrown.path("site").asText()).isEqualTo(site);
            });
  }
}
