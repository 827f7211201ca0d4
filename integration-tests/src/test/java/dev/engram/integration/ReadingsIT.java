package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that nobody asks for anything is remembered by what its JVM does. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class ReadingsIT {
  /** Its start is one record, its JVM's memory alone more than two. */
  private static final int FIRST_READINGS = 8;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void idleService_isReadAfterTenSeconds() {
    rig.collector(jdk);
    Child service = rig.java("service", jdk).agent().application(HttpServerApp.class).start();
    Memory memory = rig.memory(jdk).awaitStored(FIRST_READINGS);
    service.stop();

    assertThat(memory.requests().count()).isZero();
  }
}
