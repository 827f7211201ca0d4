package dev.engram.integration.healing;

import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Users who ask a service the same again and again, each as soon as it is answered. */
final class Callers implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();

  /** What they were told that is neither an answer of the other service nor its refusal. */
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

  private volatile boolean ended;

  /**
   * They ask from now on.
   *
   * @param path of the service, which calls another one and tells its status
   */
  Callers(int count, Traffic traffic, String path) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> ask(traffic, path), "caller");
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public void close() {
    ended = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(Traffic traffic, String path) {
    while (!ended) {
      try {
        Answer answer = traffic.send(Traffic.newTraceId(), "GET", path, BodyPublishers.noBody());
        if (!answer.body().matches("(200|503) work")) {
          wrong.add(answer.body());
        }
      } catch (IOException unanswered) {
        wrong.add(unanswered.toString());
      }
    }
  }
}
