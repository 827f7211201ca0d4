package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent comes into a service that runs already. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class AttachIT {
  private static final String WARNING = "A Java agent has been loaded dynamically";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void runningService_isRememberedFromThenOn_andASecondTimeChangesNothing() {
    Child service = rig.java("service", jdk).application(HttpServerApp.class).start();
    Traffic traffic = Traffic.toApplication(service);
    Answer before = traffic.get("/hello");
    String pid = Long.toString(service.handle().pid());

    Child attach = rig.memory(jdk).run("attach", "--service", "shop", pid);
    assertThat(attach.awaitExit()).as(attach::describe).isZero();
    assertThat(attach.out())
        .singleElement()
        .asString()
        .matches("attached to shop \\(pid " + pid + "\\): [1-9][0-9]* classes instrumented, .*");
    assertThat(attach.err()).anyMatch(line -> line.contains("prepared statements"));
    boolean warns = jdk.feature() >= 21;
    if (warns) {
      service.awaitLine(Pattern.compile(WARNING, Pattern.LITERAL));
    }
    assertThat(service.err().stream().anyMatch(line -> line.contains(WARNING))).isEqualTo(warns);
    assertThat(attach.err().stream().anyMatch(line -> line.contains("EnableDynamicAgentLoading")))
        .isEqualTo(warns);
    Answer after = traffic.get("/hello");

    Child again = rig.memory(jdk).run("attach", pid);
    assertThat(again.awaitExit()).as(again::describe).isZero();
    assertThat(again.out()).singleElement().asString().startsWith("the agent is already in shop");
    Answer later = traffic.get("/gone");
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    assertThat(memory.requests().of(before.traceId())).isEmpty();
    memory.requests().assertRemembered(after);
    memory.requests().assertRemembered(later);
    assertThat(memory.requests().of(after).path("service").asText()).isEqualTo("shop");
  }

  @Test
  void whatCannotTakeTheAgent_isToldInOneLine_andLives() {
    rig.expectNoBooks();
    Child stranger = rig.program("stranger", "sleep").arguments("100").start();
    assertRefused(stranger.handle().pid(), "is no Java process");
    assertThat(stranger.isAlive()).isTrue();
    stranger.kill();
    assertRefused(stranger.handle().pid(), "there is no process");

    Child closed =
        rig.java("closed", jdk)
            .options("-XX:-EnableDynamicAgentLoading")
            .application(HttpServerApp.class)
            .start();
    closed.awaitLine(Pattern.compile("^listening on"));
    assertRefused(closed.handle().pid(), "takes no agent");
    assertThat(closed.isAlive()).isTrue();
  }

  private void assertRefused(long pid, String why) {
    Child attach = rig.memory(jdk).run("attach", Long.toString(pid));
    assertThat(attach.awaitExit()).isEqualTo(1);
    assertThat(attach.out()).isEmpty();
    assertThat(attach.err()).singleElement().asString().startsWith("engram: ").contains(why);
  }
}
