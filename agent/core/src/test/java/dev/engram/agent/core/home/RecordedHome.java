package dev.engram.agent.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.writer.QueueReader.ReadRecord;
import dev.engram.agent.core.writer.QueueSettings;
import dev.engram.agent.core.writer.TimeSource;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A home that a recording is started in, which is stopped with the test; one for each test. */
final class RecordedHome implements BeforeEachCallback, AfterEachCallback {
  static final Duration DRAIN = Duration.ofMinutes(1);

  private Path temporary;
  private Recording recording;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    temporary = Files.createTempDirectory("recording");
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (recording != null) {
      recording.stop();
    }
    removeTree(temporary);
  }

  Recording start(int ringCapacity) {
    return start(ringCapacity, 1L << 30);
  }

  /** For which no second ever passes, so that nothing comes by itself. */
  Recording startWithoutTime() {
    return start(1 << 20, 1L << 30, new HeldTime());
  }

  Recording start(int ringCapacity, long maxBytes) {
    return start(ringCapacity, maxBytes, TimeSource.SYSTEM);
  }

  Recording start(int ringCapacity, long maxBytes, TimeSource time) {
    recording = Recording.start(settings(ringCapacity, maxBytes), "check out", time);
    return recording;
  }

  private RecordingSettings settings(int ringCapacity, long maxBytes) {
    QueueSettings queue =
        new QueueSettings(Duration.ofMinutes(5), maxBytes, Duration.ZERO, 1 << 20, DRAIN);
    return new RecordingSettings(path(), ringCapacity, queue, "", "", List.of());
  }

  Path path() {
    return temporary.resolve("home");
  }

  boolean offer(int value, Worth worth, int length) {
    UnsafeBuffer record = new UnsafeBuffer(new byte[length]);
    record.putInt(0, value);
    return recording.offer(RecordKind.SPAN, worth, record, 0, length);
  }

  boolean offer(byte[] record) {
    UnsafeBuffer bytes = new UnsafeBuffer(record);
    return recording.offer(RecordKind.SPAN, Worth.RESERVED, bytes, 0, record.length);
  }

  void offerUntilQueued() throws IOException {
    assertThat(offer(0, Worth.ORDINARY, 64)).isTrue();
    RingHeader header = new InstanceReader(InstanceReader.only(path())).header();
    await().atMost(Duration.ofSeconds(20)).until(() -> header.queued() == 1);
  }

  List<Path> queueFiles() throws IOException {
    Path queue = InstanceReader.only(path()).resolve(HomeLayout.QUEUE);
    try (Stream<Path> files = Files.list(queue)) {
      return files.filter(file -> file.toString().endsWith(".cq4")).sorted().toList();
    }
  }

  static void assertContinuous(List<ReadRecord> queued) {
    long number = 0;
    long through = 0;
    for (ReadRecord record : queued) {
      assertThat(record.number()).isEqualTo(++number);
      assertThat(record.position()).isGreaterThanOrEqualTo(through);
      through = record.through();
    }
  }

  static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  static void removeTree(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
