package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What people switch while a service runs, with the packaged agent and command line. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class ControlIT {
  /** It looks about once a second, and stands still as long as the machine lets it. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  private final List<Answer> wanted = new ArrayList<>();
  private final List<Answer> unwanted = new ArrayList<>();

  @Test
  void serviceThatIsOff_makesAndSaysNothing_untilItIsSwitchedOn_andFollowsEverySwitch()
      throws IOException {
    rig.expectVoice("switches\\.json");
    Child service =
        rig.java("service", jdk)
            .agent()
            .options("-Dengram.capture=off")
            .application(HttpServerApp.class)
            .start();
    Traffic traffic = Traffic.toApplication(service);
    unwanted.add(traffic.get("/hello"));
    switches(service, "ignore.methods=PUT");
    assertThat(service.voice()).hasSize(1);
    assertThat(rig.home().resolve("instances")).doesNotExist();

    switches(service, "capture=all");
    service.awaitLine(Pattern.compile("^engram: remembering "));
    wanted.add(traffic.get("/hello"));

    followsEverySwitch(service, traffic);
    service.stop();

    Requests requests = rig.memory(jdk).drain().requests();
    assertThat(wanted).allSatisfy(requests::assertRemembered);
    assertThat(unwanted).allSatisfy(it -> assertThat(requests.of(it.traceId())).isEmpty());
  }

  private void followsEverySwitch(Child service, Traffic traffic) throws IOException {
    switches(service, "capture=errors");
    unwanted.add(traffic.get("/hello"));
    wanted.add(traffic.get("/unavailable"));

    switches(service, "capture=all", "instrumentation.jdk-http-server.enabled=false");
    unwanted.add(traffic.get("/hello"));

    switches(service, "instrumentation.jdk-http-server.enabled=true", "ignore.urls=/h*,un*");
    unwanted.add(traffic.get("/hello"));
    wanted.add(traffic.get("/unavailable"));
    wanted.add(traffic.get("/gone"));

    put("{\"serial\": 99999999999, \"switches\": {\"capture\": \"of\"}}");
    awaitWord(service, 6, "is ignored, it engram.capture=of: expected one of all, errors, off");
    unwanted.add(traffic.get("/hello"));
    wanted.add(traffic.get("/gone"));

    Files.delete(rig.home().resolve("control/switches.json"));
    awaitWord(service, 7, "is gone");
    unwanted.add(traffic.get("/gone"));
  }

  private void switches(Child service, String... words) {
    int said = words(service).size();
    String[] all = new String[words.length + 1];
    all[0] = "switch";
    System.arraycopy(words, 0, all, 1, words.length);
    Child command = rig.memory(jdk).run(all);
    assertThat(command.awaitExit()).as(command::describe).isZero();
    awaitWord(service, said + 1, "holds: ");
  }

  /** What the service says is in force by then; the request after it is captured by it. */
  private static void awaitWord(Child service, int count, String word) {
    await("the service says " + word)
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(words(service)).hasSize(count));
    assertThat(words(service).get(count - 1)).contains(word);
  }

  private static List<String> words(Child service) {
    return service.voice().stream().filter(line -> line.contains("switches.json")).toList();
  }

  private void put(String json) throws IOException {
    Path control = rig.home().resolve("control");
    Path fresh = Files.writeString(control.resolve("fresh"), json);
    Files.move(fresh, control.resolve("switches.json"), StandardCopyOption.ATOMIC_MOVE);
  }
}
