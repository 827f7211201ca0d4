package dev.engram.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.record.control.Instrumentations;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class InstrumentationNamesTest {
  @Test
  void namesThatTheCommandLineKnows_areThoseOfTheModules() {
    assertThat(Instrumentations.NAMES)
        .as("add a new instrumentation to Instrumentations.NAMES")
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(
            ServiceLoader.load(InstrumentationModule.class).stream()
                .map(module -> module.get().name())
                .toList());
  }
}
