package dev.engram.agent.core.home;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.writer.QueueSettings;
import dev.engram.agent.core.writer.TimeSource;
import dev.engram.agent.record.RecordKind;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A service of its own process: its threads offer records as fast as they can until standard input
 * ends. Record n of a thread carries the thread and n; after each acceptance the thread notes in a
 * mapped file how many were accepted, which outlives a kill.
 */
final class ServiceUnderTest {
  private ServiceUnderTest() {}

  /** Arguments: home, progress file, ring capacity, disk floor, threads. */
  public static void main(String[] arguments) throws IOException {
    QueueSettings queue =
        new QueueSettings(
            Duration.ofSeconds(1),
            1L << 30,
            Duration.ZERO,
            Long.parseLong(arguments[3]),
            Duration.ofSeconds(5));
    RecordingSettings settings =
        new RecordingSettings(
            Path.of(arguments[0]), Integer.parseInt(arguments[2]), queue, "", "", List.of());
    Recording recording = Recording.start(settings, "service", TimeSource.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(recording::stop));
    int threads = Integer.parseInt(arguments[4]);
    UnsafeBuffer progress = progress(Path.of(arguments[1]), threads);
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread thread = new Thread(() -> offerForEver(recording, number, progress));
      thread.setDaemon(true);
      thread.start();
    }
    while (System.in.read() >= 0) {
      // The parent closes the stream to end this process.
    }
    System.exit(0);
  }

  private static void offerForEver(Recording recording, int thread, UnsafeBuffer progress) {
    UnsafeBuffer record = new UnsafeBuffer(new byte[512]);
    record.putLong(0, thread);
    long accepted = 0;
    while (true) {
      int length = 16 + (int) (accepted * 31 % 400);
      record.putLong(8, accepted);
      if (recording.offer(RecordKind.SPAN, Worth.ORDINARY, record, 0, length)) {
        progress.putLongVolatile(thread * Long.BYTES, ++accepted);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private static UnsafeBuffer progress(Path file, int threads) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, 0, (long) threads * Long.BYTES);
      return new UnsafeBuffer(mapped);
    }
  }
}
