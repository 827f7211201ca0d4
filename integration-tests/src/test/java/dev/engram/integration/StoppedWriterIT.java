package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A service whose writer cannot move a record, because no file of it may be as large as a queue's:
 * what is worth most survives in the ring.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
@Tag("full")
class StoppedWriterIT {
  /** In blocks of 512 bytes: more than the ring, less than a queue's first block. */
  private static final String LARGEST_FILE = "2048";

  private static final Pattern STOPPED =
      Pattern.compile("^engram: could not write to the queue in .*: trying again");

  private static final String INCOMPLETE = "incomplete: \\d.* shed \\(ring_full\\) (at|between) ";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void fullRing_givesUpOrdinarySuccesses_andKeepsFailuresAndEnds() {
    rig.expectVoice(STOPPED.pattern());
    Child service = service();
    Traffic traffic = Traffic.toApplication(service);
    Load waiting = Load.start(traffic, 4, "/wait");
    service.awaitLines("waiting", 4);
    service.awaitLine(STOPPED);
    Load ordinary = Load.start(traffic, 2, "/hello");
    ordinary.awaitMore(1_000).close();
    List<Answer> unavailable = List.of(traffic.get("/unavailable"), traffic.get("/unavailable"));
    String thrown = sendToTheHandlerThatThrows(traffic);
    traffic.get("/release");
    waiting.awaitMore(4).close();
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    assertThat(unavailable).allSatisfy(requests::assertRemembered);
    assertThat(requests.statusOf(thrown)).isEqualTo("error");
    assertThat(memory.trace(thrown).exceptions()).extracting(Trace::message).isNotEmpty();
    assertThat(memory.requests("interrupted").traceIds()).isEmpty();
    assertThat(firstOfEach(waiting)).hasSize(4).allMatch(requests::isFinished);
    assertOrdinaryWasGivenUp(memory, requests, ordinary);
  }

  @Test
  void ringFullOfFailures_stillTakesTheEndOfWhatBegan() {
    rig.expectVoice(STOPPED.pattern());
    Child service = service();
    Traffic traffic = Traffic.toApplication(service);
    Load waiting = Load.start(traffic, 6, "/wait");
    service.awaitLines("waiting", 6);
    service.awaitLine(STOPPED);
    Load ordinary = Load.start(traffic, 2, "/hello", "/unavailable");
    ordinary.awaitMore(1_000).close();
    traffic.get("/release");
    waiting.awaitMore(6).close();
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    assertThat(memory.requests("interrupted").traceIds()).isEmpty();
    assertThat(firstOfEach(waiting)).hasSize(6).allMatch(requests::isFinished);
  }

  private Child service() {
    return rig.program("service", "/bin/sh")
        .arguments("-c", "ulimit -f " + LARGEST_FILE + " && exec \"$@\"", "sh")
        .arguments(jdk.program("java"), "-Xmx256m", "-Duser.home=" + rig.userHome())
        .arguments("-javaagent:" + Artifacts.agent(), "-Dengram.ring.size=64KiB")
        .arguments("-cp", Artifacts.applications().toString(), HttpServerApp.class.getName())
        .start();
  }

  private static String sendToTheHandlerThatThrows(Traffic traffic) {
    String traceId = Traffic.newTraceId();
    assertThatThrownBy(() -> traffic.send(traceId, "POST", "/fail", BodyPublishers.noBody()))
        .isInstanceOf(IOException.class);
    return traceId;
  }

  /** The one request of each connection that was on its way while the ring filled. */
  private static List<Answer> firstOfEach(Load load) {
    return load.connections().stream().map(answers -> answers.get(0)).toList();
  }

  private static void assertOrdinaryWasGivenUp(Memory memory, Requests requests, Load ordinary) {
    long kept =
        ordinary.answered().stream().filter(it -> !requests.of(it.traceId()).isEmpty()).count();
    assertThat(kept).isBetween(1L, ordinary.answered().size() - 500L);
    // Of each request that is missing, the begun note and the span.
    assertThat(memory.shed("ring_full")).isGreaterThanOrEqualTo(1_000);
    for (String question : List.of("requests", "errors")) {
      assertThat(String.join("\n", memory.run(question).err())).containsPattern(INCOMPLETE);
    }
  }
}
