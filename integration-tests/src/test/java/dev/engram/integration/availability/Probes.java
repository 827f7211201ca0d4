package dev.engram.integration.availability;

import static org.awaitility.Awaitility.await;

import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A request each second, and whether a process that follows them has shown it in time. */
public final class Probes {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Traffic traffic;
  private final String path;
  private final Child follower;
  private final AtomicInteger sent = new AtomicInteger();
  private final List<Answer> answered = new CopyOnWriteArrayList<>();
  private final List<Future<Boolean>> looks = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService sending = Executors.newScheduledThreadPool(1);
  private final ScheduledExecutorService looking = Executors.newScheduledThreadPool(1);

  private Probes(Traffic traffic, String path, Child follower) {
    this.traffic = traffic;
    this.path = path;
    this.follower = follower;
  }

  /**
   * Begins at once.
   *
   * @param follower prints the trace of each request that can be asked for
   */
  public static Probes start(Traffic traffic, String path, Child follower) {
    Probes probes = new Probes(traffic, path, follower);
    probes.sending.scheduleAtFixedRate(probes::probe, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return probes;
  }

  /** Waits until those are sent that piled up while a process stood still. */
  public void awaitSent(int count) {
    await("probes are sent").atMost(PATIENCE).until(() -> sent.get() >= count);
  }

  /** Sends no more, and waits until the last had its time; what was not answered had none. */
  public Availability end() {
    sending.shutdown();
    int inTime = 0;
    try {
      if (!sending.awaitTermination(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
        throw new AssertionError("a probe is neither answered nor given up");
      }
      looking.shutdown();
      for (Future<Boolean> look : looks) {
        inTime += look.get() ? 1 : 0;
      }
    } catch (InterruptedException | ExecutionException broken) {
      throw new AssertionError(broken);
    }
    return new Availability(sent.get(), inTime);
  }

  public List<Answer> answered() {
    return List.copyOf(answered);
  }

  /** What it throws would silently be the last probe. */
  private void probe() {
    sent.incrementAndGet();
    try {
      Answer answer = traffic.get(path);
      answered.add(answer);
      looks.add(
          looking.schedule(
              () -> isShown(answer.traceId()), TIME.toMillis(), TimeUnit.MILLISECONDS));
    } catch (AssertionError | RuntimeException unanswered) {
      System.out.println("a probe failed: " + unanswered);
    }
  }

  private boolean isShown(String traceId) {
    return follower.out().stream().anyMatch(line -> line.contains(traceId));
  }
}
