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

/**
 * Counts classes that could not be instrumented, one line for each, and one line for all whose
 * files are of a Java that is newer than the agent. Thread-safe.
 */
final class TransformationErrors extends AgentBuilder.Listener.Adapter {
  private static final int NAMED = 100;

  /** What ASM and ByteBuddy say of a class file whose version they do not know. */
  private static final List<String> NEWER =
      List.of(
          "Unsupported class file version",
          "is not supported by the current version of Byte Buddy");

  private static final String OF_A_NEWER_JAVA =
      "what is compiled for a Java newer than this agent is";

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
    String why = Thrown.text(failure);
    if (NEWER.stream().anyMatch(why::contains)) {
      sayOnce(OF_A_NEWER_JAVA, OF_A_NEWER_JAVA, "update the agent (first was " + typeName + ")");
    } else {
      sayOnce(typeName, typeName + " is", why);
    }
  }

  private void sayOnce(String key, String subject, String why) {
    if (named.size() < NAMED && named.add(key)) {
      lines.add(subject + " not instrumented: " + why);
      AgentLog.line(subject + " not instrumented, the service runs on: " + why);
    }
  }
}
