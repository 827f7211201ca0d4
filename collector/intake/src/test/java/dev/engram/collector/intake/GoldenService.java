package dev.engram.collector.intake;

import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.home.Recording;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.EndedRecord;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanStatus;
import dev.engram.agent.record.StackFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A service whose instance folder is kept as a golden file: every kind of record through its queue,
 * more of them in its ring, and then it is gone from one moment to the next. Run by {@link
 * GoldenInstanceTest} in a JVM of its own.
 */
final class GoldenService {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Recording recording;
  private final CountDownLatch writerHeld = new CountDownLatch(1);
  private volatile boolean holdWriter;

  private GoldenService(Path home) {
    recording =
        Recording.start(Configuration.of("home=" + home + ",ring.size=1MiB"), "golden shop");
    recording.onBeat(this::beat);
  }

  /**
   * @param arguments the memory home, and the folder of the golden records
   */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    GoldenService service = new GoldenService(home);
    List<byte[]> golden = goldenRecords(Path.of(arguments[1]));
    golden.forEach(service::offer);
    await().atMost(LONG).until(() -> queued(home) == golden.size());
    service.holdWriter = true;
    service.writerHeld.await();
    left().forEach(service::offer);
    golden.stream().filter(GoldenService::mayComeTwice).forEach(service::offer);
    Runtime.getRuntime().halt(137);
  }

  /** What the kill finds in the ring: joined, in progress, and a stack that is sent once. */
  private static List<byte[]> left() {
    StackFrame frame = new StackFrame("com.acme.Shop", "buy", "Shop.java", 7);
    return List.of(
        TestRecords.bytes(begun(200)),
        TestRecords.bytes(new EndedRecord(3_000, 200, 2_000, SpanStatus.ERROR)),
        TestRecords.bytes(begun(201)),
        TestRecords.bytes(TestRecords.span(202)),
        TestRecords.bytes(TestRecords.exception(4711, frame)),
        TestRecords.bytes(TestRecords.exception(4711)));
  }

  private static BegunRecord begun(long spanId) {
    return new BegunRecord(
        1_000, 7, spanId, spanId, 0, SpanKind.SERVER, Category.HTTP, "POST /orders", Map.of());
  }

  /** Spans and their notes have ids that come once. */
  private static boolean mayComeTwice(byte[] record) {
    return switch (kind(record)) {
      case BEGUN, ENDED, SPAN -> false;
      default -> true;
    };
  }

  private void offer(byte[] record) {
    Worth worth = kind(record) == RecordKind.SPAN ? Worth.ORDINARY : Worth.RESERVED;
    if (!recording.offer(kind(record), worth, new UnsafeBuffer(record), 0, record.length)) {
      throw new AssertionError("refused");
    }
  }

  private static RecordKind kind(byte[] record) {
    return RecordKind.ofCode(record[1]);
  }

  /** Holds the writer thread for good once the first records have passed it. */
  private void beat() {
    if (holdWriter) {
      writerHeld.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException never) {
        throw new AssertionError(never);
      }
    }
  }

  private static long queued(Path home) throws IOException {
    List<InstanceFolder> folders = new InstanceFolders(home, line -> {}).fresh(Set.of());
    return folders.isEmpty() ? 0 : folders.get(0).header().orElseThrow().queued();
  }

  private static List<byte[]> goldenRecords(Path folder) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        records.add(Files.readAllBytes(file));
      }
    }
    return records;
  }
}
