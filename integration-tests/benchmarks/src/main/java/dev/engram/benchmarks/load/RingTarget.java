package dev.engram.benchmarks.load;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.record.RecordKind;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** A record of fixed size into the agent's ring, whose writer thread moves it to the queue. */
final class RingTarget implements Target {
  private final RecordingHome home;

  RingTarget(Path folder) {
    home = new RecordingHome(folder);
  }

  @Override
  public Runnable work() {
    UnsafeBuffer record = new UnsafeBuffer(new byte[Arm.RECORD_LENGTH]);
    return () ->
        home.recording().offer(RecordKind.SPAN, Worth.ORDINARY, record, 0, Arm.RECORD_LENGTH);
  }

  @Override
  public long shed() {
    return home.shed();
  }

  @Override
  public void close() {
    home.close();
  }
}
