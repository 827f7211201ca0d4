package dev.engram.collector.intake;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.home.Recording;
import dev.engram.agent.record.RecordKind;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A service that records spans with rising ids, and says after each hundred how far it got. Ends by
 * itself after the last one, or is killed. Its queue begins a new file each second.
 */
final class ServiceProcess {
  private ServiceProcess() {}

  /** Takes the memory home, the service's name, the last id, and the pause after each hundred. */
  public static void main(String[] arguments) {
    Configuration configuration =
        Configuration.of("home=" + arguments[0] + ",queue.roll=secondly,ring.size=1MiB");
    Recording recording = Recording.start(configuration, arguments[1]);
    long last = Long.parseLong(arguments[2]);
    long pauseMillis = Long.parseLong(arguments[3]);
    for (long id = 1; id <= last; id++) {
      byte[] bytes = TestRecords.bytes(TestRecords.span(id));
      while (!recording.offer(
          RecordKind.SPAN, Worth.ORDINARY, new UnsafeBuffer(bytes), 0, bytes.length)) {
        pause(pauseMillis);
      }
      if (id % 100 == 0) {
        System.out.println(id);
        pause(pauseMillis);
      }
    }
    recording.stop();
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
