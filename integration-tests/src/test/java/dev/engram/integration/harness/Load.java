package dev.engram.integration.harness;

import static org.awaitility.Awaitility.await;

import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that send GET requests one after the other, each over a connection of its own, until they
 * are stopped or the service is gone: a thread's first request without an answer is its last. Knows
 * every trace it sent, and those that were answered.
 */
public final class Load implements AutoCloseable {
  private final Traffic traffic;
  private final List<String> paths;
  private final Duration pace;
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Queue<Queue<Answer>> connections = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running = true;

  private Load(Traffic traffic, List<String> paths, Duration pace) {
    this.traffic = traffic;
    this.paths = paths;
    this.pace = pace;
  }

  /** Starts sending to these paths in turn, as fast as the answers come. */
  public static Load start(Traffic traffic, int threads, String... paths) {
    return start(traffic, threads, Duration.ZERO, paths);
  }

  /** Starts sending to these paths in turn; each thread rests for {@code pace} between two. */
  public static Load start(Traffic traffic, int threads, Duration pace, String... paths) {
    Load load = new Load(traffic, List.of(paths), pace);
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(load::send, "load " + i);
      load.threads.add(thread);
      thread.start();
    }
    return load;
  }

  /** Waits until this many more requests were answered. */
  public Load awaitMore(int count) {
    int goal = answers.get() + count;
    await(count + " more answers")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> answers.get() >= goal);
    return this;
  }

  /** The trace ids of all requests, answered or not. */
  public Set<String> sent() {
    return Set.copyOf(sent);
  }

  public List<Answer> answered() {
    return connections().stream().flatMap(List::stream).toList();
  }

  /** The answers of each connection, in their order. */
  public List<List<Answer>> connections() {
    return connections.stream().map(List::copyOf).toList();
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
    try {
      for (int i = 0; running; ) {
        i = sendOverOneConnection(i);
      }
    } catch (IOException unanswered) {
      // The service is gone.
    }
  }

  /** A server may close a connection after so many requests. */
  private int sendOverOneConnection(int first) throws IOException {
    Queue<Answer> answered = new ConcurrentLinkedQueue<>();
    connections.add(answered);
    int next = first;
    try (Connection connection = traffic.connect()) {
      while (running && connection.isOpen()) {
        String traceId = Traffic.newTraceId();
        sent.add(traceId);
        answered.add(connection.get(traceId, paths.get(next++ % paths.size())));
        answers.incrementAndGet();
        LockSupport.parkNanos(pace.toNanos());
      }
    }
    return next;
  }
}
