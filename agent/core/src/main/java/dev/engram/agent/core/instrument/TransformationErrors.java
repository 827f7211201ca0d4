package dev.engram.agent.core.instrument;

import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.log.AgentLog;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/** Counts classes that could not be instrumented, one line for each. Thread-safe. */
final class TransformationErrors extends AgentBuilder.Listener.Adapter {
  private static final int NAMED = 100;

  private final Set<String> named = ConcurrentHashMap.newKeySet();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AtomicLong count = new AtomicLong();

  long count() {
    return count.get();
  }

  /** The first of them, with the reason. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void onError(
      String typeName,
      @Nullable ClassLoader loader,
      @Nullable JavaModule module,
      boolean loaded,
      Throwable failure) {
    count.incrementAndGet();
    if (named.size() < NAMED && named.add(typeName)) {
      String why = Thrown.text(failure);
      lines.add(typeName + ": " + why);
      AgentLog.line(typeName + " is not instrumented, the service runs on: " + why);
    }
  }
}
