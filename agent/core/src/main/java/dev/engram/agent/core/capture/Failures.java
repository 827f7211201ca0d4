package dev.engram.agent.core.capture;

import dev.engram.agent.core.log.AgentLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happens when capture itself fails: the record is counted as given up, each kind of failure
 * is told once, and the application goes on. Thread-safe, never throws.
 */
final class Failures {
  private static final int MAX_TOLD = 16;

  private final RecordSink sink;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Failures(RecordSink sink) {
    this.sink = sink;
  }

  void survived(Throwable failure) {
    try {
      sink.failed();
      // There may be neither stack nor memory left to tell anything.
      if (!(failure instanceof VirtualMachineError)) {
        tell(failure);
      }
    } catch (Throwable ignored) {
      // Nothing is left to try, and the application must not see it.
    }
  }

  private void tell(Throwable failure) {
    if (told.size() < MAX_TOLD && told.add(failure.getClass().getName())) {
      AgentLog.line(
          "an operation could not be remembered: "
              + Thrown.place(failure)
              + ". The service is not affected; please report this.");
    }
  }
}
