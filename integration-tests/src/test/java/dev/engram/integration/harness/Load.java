package dev.engram.integration.harness;

import static org.awaitility.Awaitility.await;

import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Threads that send GET requests one after the other until they are stopped or the service is gone:
 * a thread's first request without an answer is its last. Knows every trace it sent, and those that
 * were answered.
 */
public final class Load implements AutoCloseable {
  private final Traffic traffic;
  private final List<String> paths;
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Queue<Answer> answered = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running = true;

  private Load(Traffic traffic, List<String> paths) {
    this.traffic = traffic;
    this.paths = paths;
  }

  /** Starts sending to these paths in turn. */
  public static Load start(Traffic traffic, int threads, String... paths) {
    Load load = new Load(traffic, List.of(paths));
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(load::send, "load " + i);
      load.threads.add(thread);
      thread.start();
    }
    return load;
  }

  /** Waits until this many more requests were answered. */
  public Load awaitMore(int count) {
    int goal = answered.size() + count;
    await(count + " more answers")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> answered.size() >= goal);
    return this;
  }

  /** The trace ids of all requests, answered or not. */
  public Set<String> sent() {
    return Set.copyOf(sent);
  }

  public List<Answer> answered() {
    return List.copyOf(answered);
  }

  /** Sends no more, and waits for what is on its way. */
  @Override
  public void close() {
    running = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }

  private void send() {
    for (int i = 0; running; i++) {
      String traceId = Traffic.newTraceId();
      sent.add(traceId);
      try {
        answered.add(
            traffic.send(traceId, "GET", paths.get(i % paths.size()), BodyPublishers.noBody()));
      } catch (IOException unanswered) {
        return;
      }
    }
  }
}
