package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Disk;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A small disk that fills under load, with service, collector and command line on it. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
@Tag("full")
class SmallDiskIT {
  private static final Duration SANE = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final String AGENT_FULL =
      "^engram: disk of .* has only \\d+ MiB left: .*free some";
  private static final String AGENT_AGAIN = "^engram: disk of .* has room again";
  private static final String AGENT_RETRIES =
      "^engram: could not write to the queue .*trying again";
  private static final Pattern STORE_WAITS =
      Pattern.compile("the store cannot take records now, they wait in their queues: .*");
  private static final Pattern STORE_AGAIN = Pattern.compile("the store works again");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  /**
   * Somebody else takes all there is at once: the queue's next block and the store find nothing.
   */
  @Test
  void diskWithoutAByteLeft_costsALineEach_andNothingIsLost() throws IOException {
    rig.expectVoice(AGENT_FULL);
    rig.expectVoice(AGENT_AGAIN);
    rig.expectVoice(AGENT_RETRIES);
    Disk disk = rig.disk(rig.home(), "size=160m");
    Child collector = rig.collector(jdk);
    Child service = service("-Dengram.ring.size=32MiB", "-Dengram.disk.floor=8MiB");
    Traffic traffic = Traffic.toApplication(service);
    try (Load load = Load.start(traffic, 2, "/hello", "/gone")) {
      load.awaitMore(200);
      rig.memory(jdk).awaitRequests(200);
      disk.fill(0);
      collector.awaitLine(STORE_WAITS);
      service.awaitLine(Pattern.compile(AGENT_FULL));
      load.awaitMore(200);
      load.close();
      List<Answer> meanwhile = askOneByOne(traffic, 50);
      disk.free();
      collector.awaitLine(STORE_AGAIN);
      Answer afterwards = traffic.get("/hello");
      rig.memory(jdk).awaitRequests(load.answered().size() + meanwhile.size() + 1);
      service.stop();
      rig.stopCollectors();

      List<Answer> all = new ArrayList<>(load.answered());
      all.addAll(meanwhile);
      all.add(afterwards);
      Requests requests = rig.memory(jdk).drain().requests();
      assertThat(load.answered()).hasSameSizeAs(load.sent());
      assertThat(all).allSatisfy(requests::assertRemembered);
      assertThat(shed(rig.memory(jdk).status())).isZero();
    }
    assertThat(count(collector.err(), STORE_WAITS)).isOne();
    assertThat(count(collector.err(), STORE_AGAIN)).isOne();
    assertThat(count(service.err(), Pattern.compile(AGENT_FULL))).isOne();
    assertThat(count(service.err(), Pattern.compile(AGENT_RETRIES))).isLessThanOrEqualTo(1);
  }

  @Test
  void diskWithoutRoomForARing_costsOneLine_andTheServiceWorks() {
    rig.expectVoice("^engram: nothing is remembered: .*free some space");
    Disk disk = rig.disk(rig.home(), "size=2m");
    Child service = service();
    try (Load load = Load.start(Traffic.toApplication(service), 2, "/hello")) {
      load.awaitMore(200);
      load.close();
      assertThat(load.answered()).hasSameSizeAs(load.sent());
    }
    service.stop();

    assertThat(service.voice()).hasSize(1);
    assertThat(disk.usable()).as("what was begun is removed").isGreaterThan(1 << 20);
    rig.expectNoBooks();
  }

  @Test
  void serviceThatStartsOnAFullDisk_isRememberedOnceThereIsRoom() throws IOException {
    rig.expectVoice("^engram: nothing is remembered: .*free some space");
    Disk disk = rig.disk(rig.home(), "size=160m");
    disk.fill(4 << 20);
    Child service = service("-Dengram.disk.floor=8MiB");
    Traffic traffic = Traffic.toApplication(service);
    assertThat(traffic.get("/hello").status()).isEqualTo(200);
    service.awaitLine(Pattern.compile("^engram: nothing is remembered: .*"));

    disk.free();
    service.awaitLine(Pattern.compile("^engram: remembering .*"));
    Answer remembered = traffic.get("/hello");
    service.stop();

    rig.memory(jdk).drain().requests().assertRemembered(remembered);
    assertThat(shed(rig.memory(jdk).status())).as("what was offered before").isPositive();
  }

  /** Bytes are left, but no file can be made: the queue's next one, a ring, a store's log. */
  @Test
  void homeThatTakesNoNewFile_costsALineEach_andNothingIsLost() throws IOException {
    rig.expectVoice(AGENT_RETRIES);
    Disk disk = rig.disk(rig.home(), "size=160m,nr_inodes=100");
    Child collector = rig.collector(jdk);
    Child service =
        service(
            "-Dengram.ring.size=32MiB", "-Dengram.disk.floor=8MiB", "-Dengram.queue.roll=secondly");
    Traffic traffic = Traffic.toApplication(service);
    try (Load load = Load.start(traffic, 2, "/hello", "/gone")) {
      load.awaitMore(200);
      rig.memory(jdk).awaitRequests(200);
      takeFilesUntilTheQueueCannotRoll(disk, service);
      load.close();
      List<Answer> meanwhile = askOneByOne(traffic, 50);
      assertNothingStarts();
      disk.freeFiles();
      rig.memory(jdk).awaitRequests(load.answered().size() + meanwhile.size());
      service.stop();
      rig.stopCollectors();

      List<Answer> all = new ArrayList<>(load.answered());
      all.addAll(meanwhile);
      Requests requests = rig.memory(jdk).drain().requests();
      assertThat(load.answered()).hasSameSizeAs(load.sent());
      assertThat(all).allSatisfy(requests::assertRemembered);
      assertThat(shed(rig.memory(jdk).status())).isZero();
    }
    assertThat(count(service.err(), Pattern.compile(AGENT_RETRIES))).isOne();
    assertThat(count(collector.err(), STORE_WAITS)).isLessThanOrEqualTo(1);
  }

  /** Again and again, because the collector gives files back. */
  private static void takeFilesUntilTheQueueCannotRoll(Disk disk, Child service) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              disk.fillWithFiles();
              return count(service.err(), Pattern.compile(AGENT_RETRIES)) > 0;
            });
  }

  /** Neither another service's recording nor another collector, each for one line. */
  private void assertNothingStarts() {
    rig.expectVoice("^engram: nothing is remembered: .*free some space");
    Child other = service("-Dengram.disk.floor=8MiB");
    assertThat(Traffic.toApplication(other).get("/hello").status()).isEqualTo(200);
    other.stop();
    assertThat(other.voice()).hasSize(1);
    Child collector = rig.collector(jdk);
    assertThat(collector.awaitExit()).isOne();
    assertThat(collector.err()).as(collector::describe).hasSize(1);
  }

  private Child service(String... options) {
    return rig.java("service", jdk)
        .agent()
        .options(options)
        .application(HttpServerApp.class)
        .start();
  }

  /** Every one is answered, and most take no time; a busy machine may hold up any of them. */
  private static List<Answer> askOneByOne(Traffic traffic, int count) {
    List<Answer> answers = new ArrayList<>();
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      answers.add(traffic.get("/hello"));
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    assertThat(Duration.ofNanos(nanos[count / 2])).isLessThan(SANE);
    assertThat(Duration.ofNanos(nanos[count - 1])).isLessThan(LONGEST);
    return answers;
  }

  private static long shed(JsonNode status) {
    long sum = 0;
    for (JsonNode count : status.path("total").path("shed")) {
      sum += count.asLong();
    }
    return sum;
  }

  private static long count(List<String> lines, Pattern pattern) {
    return lines.stream().filter(line -> pattern.matcher(line).find()).count();
  }
}
