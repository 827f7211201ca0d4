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
 * itself after the last one, or is killed.
 */
final class ServiceProcess {
  private ServiceProcess() {}

  public static void main(String[] arguments) {
    Recording recording = Recording.start(Configuration.of("home=" + arguments[0]), "shop");
    long last = Long.parseLong(arguments[1]);
    for (long id = 1; id <= last; id++) {
      byte[] bytes = TestRecords.bytes(TestRecords.span(id));
      while (!recording.offer(
          RecordKind.SPAN, Worth.ORDINARY, new UnsafeBuffer(bytes), 0, bytes.length)) {
        pause();
      }
      if (id % 100 == 0) {
        System.out.println(id);
        pause();
      }
    }
    recording.stop();
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
  }
}
