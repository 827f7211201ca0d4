package dev.engram.benchmarks.load;

import dev.engram.agent.core.capture.Capture;
import java.nio.file.Path;

/** The real thing: what a server instrumentation does for one request, to the committed record. */
final class SpanTarget implements Target {
  private final RecordingHome home;

  SpanTarget(Path folder) {
    home = new RecordingHome(folder);
    Capture.start(home.configuration(), home.recording());
  }

  @Override
  public Runnable work() {
    return ServedRequest::serve;
  }

  @Override
  public long shed() {
    return home.shed();
  }

  @Override
  public void close() {
    Capture.stop();
    home.close();
  }
}
