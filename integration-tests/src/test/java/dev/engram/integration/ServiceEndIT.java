package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.BriefApp;
import com.acme.EndingApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However a service ends, what it committed is remembered, and it ends as it would without agent.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class ServiceEndIT {
  private static final int STARTS = 30;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  /** A load, and the one request in the middle of which the service ended. */
  private record Ended(Load load, Load last) {}

  @Test
  @Tag("full")
  void endsInAHandler_leaveWhatWasCommitted_andKeepTheExitCode() {
    List<Ended> ended = new ArrayList<>();
    ended.add(end("/exit", 7));
    ended.add(end("/halt", 9));
    ended.add(end("/exhaust", 3, "-XX:+ExitOnOutOfMemoryError"));
    ended.add(
        end(
            "/exhaust",
            1,
            "-XX:+CrashOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + rig.folder().resolve("crash.log")));

    Requests requests = rig.memory(jdk).drain().requests();
    for (Ended it : ended) {
      requests.assertRememberedButForOneAConnection(it.load());
      assertThat(it.last().sent())
          .singleElement()
          .satisfies(traceId -> assertThat(requests.statusOf(traceId)).isEqualTo("interrupted"));
    }
  }

  @Test
  @Tag("full")
  void stopUnderLoad_leavesWhatWasCommitted_andKeepsTheExitCode() {
    Child service = service();
    Load load = Load.start(Traffic.toApplication(service), 4, "/hello", "/gone").awaitMore(2_000);

    assertThat(service.stop()).isEqualTo(143);

    load.close();
    rig.memory(jdk).drain().requests().assertRememberedButForOneAConnection(load);
  }

  private Ended end(String path, int exitCode, String... options) {
    Child service = service(options);
    Traffic traffic = Traffic.toApplication(service);
    Load load = Load.start(traffic, 4, "/hello", "/gone").awaitMore(300);
    Load last = Load.start(traffic, 1, path);
    assertThat(service.awaitExit()).as(service::describe).isEqualTo(exitCode);
    load.close();
    last.close();
    return new Ended(load, last);
  }

  @Test
  @Tag("full")
  void stopWithTheWriterBehind_leavesTheRestInTheRing() {
    rig.expectVoice("has only \\d+ MiB left");
    // There is room for a ring above that floor, and for no queue.
    rig.disk(rig.home(), "size=128m");
    List<Load> loads = new ArrayList<>();
    for (String behind : List.of("-Dengram.disk.floor=116MiB", "-Dengram.shutdown.drain=0s")) {
      Child service = service(behind);
      loads.add(Load.start(Traffic.toApplication(service), 4, "/hello").awaitMore(2_000));
      assertThat(service.stop()).isEqualTo(143);
      loads.forEach(Load::close);
    }

    Requests requests = rig.memory(jdk).drain().requests();
    loads.forEach(requests::assertRememberedButForOneAConnection);
  }

  @Test
  @Tag("full")
  void exhaustedMemory_costsNoMoreThanIsCounted() {
    rig.expectVoice("could not write to the queue in .*OutOfMemoryError");
    Child service = service();
    Traffic traffic = Traffic.toApplication(service);
    Load load = Load.start(traffic, 4, "/hello", "/gone").awaitMore(300);
    Load exhausting = Load.start(traffic, 1, "/exhaust").awaitMore(1);
    assertThat(service.stop()).isEqualTo(143);
    exhausting.close();
    load.close();

    assertLostNoMoreThanCounted(load);
  }

  @Test
  @Tag("full")
  void memoryThatRunsShort_doesNotEndTheRecording() {
    rig.expectVoice("could not write to the queue in .*OutOfMemoryError");
    Child service = service("-XX:+UseSerialGC");
    Traffic traffic = Traffic.toApplication(service);
    Load load = Load.start(traffic, 4, "/hello", "/gone").awaitMore(300);
    Load exhausting = Load.start(traffic, 1, "/exhaust/roughly").awaitMore(10);
    exhausting.close();
    load.close();
    List<Answer> afterwards = Stream.generate(() -> traffic.get("/hello")).limit(50).toList();
    assertThat(service.stop()).isEqualTo(143);

    Requests requests = assertLostNoMoreThanCounted(load);
    assertThat(afterwards).allSatisfy(requests::assertRemembered);
  }

  /** A stop may cut the end of one answer of each connection. */
  private Requests assertLostNoMoreThanCounted(Load load) {
    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    assertThat(load.answered())
        .filteredOn(answer -> !requests.isFinished(answer))
        .hasSizeLessThanOrEqualTo(memory.shed("failed") + load.connections().size());
    return requests;
  }

  @Test
  @Tag("full")
  void briefLives_areRemembered() {
    List<Child> brief = new ArrayList<>();
    for (String life : List.of("50", "1000")) {
      for (String how : List.of("exit", "halt")) {
        brief.add(brief(life, how));
      }
    }
    brief.forEach(it -> assertThat(it.awaitExit()).as(it::describe).isZero());

    Requests requests = rig.memory(jdk).drain().requests();
    brief.forEach(it -> assertRemembersAnswers(requests, it));
  }

  @Test
  void requestInAShutdownHook_afterTheWriterStopped_isRemembered() {
    Child service = brief("100", "late");
    assertThat(service.awaitExit()).isZero();

    Requests requests = rig.memory(jdk).drain().requests();
    assertRemembersAnswers(requests, service);
    List<String> late = service.out().subList(service.out().indexOf("late"), service.out().size());
    assertThat(answers(late)).singleElement().satisfies(requests::assertRemembered);
  }

  @Test
  @Tag("full")
  void killedWhileTheRecordingStarts_leavesNothingHalfMade() throws IOException {
    long seed = System.nanoTime();
    System.out.println("Killing starts on " + jdk + " with seed " + seed);
    Random random = new Random(seed);
    List<Child> killed = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      killed.add(killedAtStart(i, random));
    }
    int halfMade = ageHalfMadeFolders();
    System.out.println(halfMade + " folders were left half made");

    Requests requests = rig.memory(jdk).drain().requests();
    killed.forEach(it -> assertRemembersAnswers(requests, it));
  }

  /** Every other one just when its folder comes about, which takes some milliseconds. */
  private Child killedAtStart(int i, Random random) {
    int before = instances().size();
    Child service = brief("60000", "exit");
    if (i % 2 == 0) {
      await("its folder")
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofNanos(100_000))
          .atMost(Duration.ofSeconds(60))
          .until(() -> instances().size() > before);
      service.killAfter(Duration.ofNanos(random.nextInt(20_000_000)));
    } else {
      service.killAfter(Duration.ofMillis(random.nextInt(1_500)));
    }
    return service;
  }

  /** The collector gives a start a minute. */
  private int ageHalfMadeFolders() throws IOException {
    int aged = 0;
    for (Path folder : instances()) {
      if (folder.getFileName().toString().startsWith(".new-")) {
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minusSeconds(120)));
        aged++;
      }
    }
    return aged;
  }

  private List<Path> instances() {
    Path folder = rig.home().resolve("instances");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> instances = Files.list(folder)) {
      return instances.toList();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private Child service(String... options) {
    return rig.java("service", jdk)
        .agent()
        .options("-Xmx64m")
        .options(options)
        .application(EndingApp.class)
        .arguments("platform")
        .start();
  }

  private Child brief(String millis, String how) {
    return rig.java("brief " + how, jdk)
        .agent()
        .application(BriefApp.class)
        .arguments(millis, how)
        .start();
  }

  private static void assertRemembersAnswers(Requests requests, Child service) {
    requests.assertRememberedButForOne(answers(service.out()));
  }

  private static List<Answer> answers(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("answered "))
        .map(line -> new Answer(line.substring("answered ".length()), "/hello", 200, "hello"))
        .toList();
  }
}
