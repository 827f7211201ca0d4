package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kill -9} of the collector, again and again, while the service works on. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class CollectorCrashIT {
  private static final int KILLS = Artifacts.isFullTier() ? 20 : 1;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void killedCollectors_loseNothing_andRememberNothingTwice() {
    Child service = rig.java("service", jdk).agent().application(HttpServerApp.class).start();
    Load load = Load.start(Traffic.toApplication(service), 4, "/hello", "/gone", "/teapot/x");
    for (int i = 0; i < KILLS; i++) {
      load.awaitMore(200);
      Child collector = rig.collector(jdk);
      rig.memory(jdk).awaitStored(1 + i * 400);
      load.awaitMore(300);
      collector.kill();
    }
    load.close();
    service.stop();

    Requests requests = rig.memory(jdk).drain().requests();
    assertThat(load.answered()).allSatisfy(requests::assertRemembered);
    assertThat(requests.count()).isEqualTo(load.answered().size());
  }
}
