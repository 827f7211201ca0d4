package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Disk;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory home, or a part of it, goes away while it is used; or it can only be read. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
@Tag("full")
class LostHomeIT {
  private static final Pattern AGENT_LOST =
      Pattern.compile("^engram: .* was removed: restart the service to remember again");
  private static final Pattern STORE_LOST =
      Pattern.compile("^engram: .*engram.db was removed or replaced .*: start the collector again");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void removedHome_costsALineEach_andTheNextServiceIsRemembered() {
    rig.expectVoice(AGENT_LOST.pattern());
    Child collector = rig.collector(jdk);
    Child service = service();
    workWhileRemoving(service, rig.home());
    service.stop();
    Child next = service();
    Answer answer = Traffic.toApplication(next).get("/hello");

    assertThat(collector.awaitExit()).isOne();
    next.stop();
    assertThat(service.voice()).hasSize(2);
    assertThat(collector.voice().stream().filter(STORE_LOST.asPredicate())).hasSize(1);
    assertThat(collector.voice()).hasSizeLessThanOrEqualTo(3);
    rig.memory(jdk).drain().requests().assertRemembered(answer);
  }

  @Test
  void removedInstances_costALine_andTheNextServiceIsRemembered() {
    rig.expectVoice(AGENT_LOST.pattern());
    Child collector = rig.collector(jdk);
    Child service = service();
    List<Answer> before = workWhileRemoving(service, rig.home().resolve("instances"));
    service.stop();
    Child next = service();
    Answer answer = Traffic.toApplication(next).get("/hello");
    rig.memory(jdk).awaitRequests(before.size() + 1);
    next.stop();

    assertThat(service.voice()).hasSize(2);
    assertThat(collector.isAlive()).isTrue();
    assertThat(collector.voice()).hasSizeLessThanOrEqualTo(3);
    rig.stopCollectors();
    Requests requests = rig.memory(jdk).drain().requests();
    requests.assertRemembered(answer);
    assertThat(before).allSatisfy(requests::assertRemembered);
  }

  @Test
  void removedStore_endsTheCollector_andTheNextOneStoresWhatWaits() {
    Child collector = rig.collector(jdk);
    Child service = service();
    Traffic traffic = Traffic.toApplication(service);
    try (Load load = Load.start(traffic, 2, "/hello")) {
      load.awaitMore(200);
      rig.memory(jdk).awaitRequests(200);
      remove(rig.home().resolve("store"));
      assertThat(collector.awaitExit()).isOne();
    }
    Answer afterwards = traffic.get("/hello");
    service.stop();

    assertThat(collector.voice().stream().filter(STORE_LOST.asPredicate())).hasSize(1);
    rig.memory(jdk).drain().requests().assertRemembered(afterwards);
  }

  @Test
  void readOnlyHome_costsALineEach_andServesNobody() {
    Disk disk = rig.disk(rig.home(), "size=64m");
    Child first = service();
    Answer answer = Traffic.toApplication(first).get("/hello");
    first.stop();
    Memory memory = rig.memory(jdk);
    memory.drain().requests().assertRemembered(answer);
    disk.remount("ro");
    rig.expectVoice("^engram: nothing is remembered: .* is on a read-only file system");
    Child service = service();
    assertThat(Traffic.toApplication(service).get("/hello").status()).isEqualTo(200);
    service.stop();
    Child collector = memory.run("collect");
    Child asked = memory.run("requests", "--json");
    disk.remount("rw");

    assertThat(service.voice()).hasSize(1);
    assertThat(collector.awaitExit()).isOne();
    assertThat(collector.err()).singleElement().asString().contains("cannot write to");
    assertThat(asked.err()).as(asked::describe).hasSizeLessThanOrEqualTo(1);
  }

  private Child service() {
    return rig.java("service", jdk)
        .agent()
        .options("-Dengram.disk.floor=1MiB")
        .application(HttpServerApp.class)
        .start();
  }

  /** Answers that were remembered before the folder went. */
  private List<Answer> workWhileRemoving(Child service, Path folder) {
    Traffic traffic = Traffic.toApplication(service);
    Load load = Load.start(traffic, 2, "/hello");
    load.awaitMore(100).close();
    rig.memory(jdk).awaitRequests(load.answered().size());
    try (Load more = Load.start(traffic, 2, "/hello")) {
      remove(folder);
      service.awaitLine(AGENT_LOST);
      more.awaitMore(100).close();
      assertThat(more.answered()).hasSameSizeAs(more.sent());
    }
    return load.answered();
  }

  /** It fails where a file is made in a folder that it has just emptied. */
  private void remove(Path folder) {
    await(folder + " is removed")
        .atMost(Duration.ofMinutes(1))
        .pollInSameThread()
        .until(() -> removing(folder).awaitExit() == 0);
  }

  private Child removing(Path folder) {
    return rig.program("rm", "rm").arguments("-rf", folder.toString()).start();
  }
}
