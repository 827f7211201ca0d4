package dev.engram.integration.healing;

import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The events of one kind against one service, one after the other. */
final class KindRun {
  private final Stage stage;
  private final Traffic traffic;
  private final int others;
  private final Duration pace;
  private final List<Event> events = new ArrayList<>();
  private int asked;
  private int otherFailures;

  /** One that was played: whether all requests that met it succeeded all the same. */
  record Event(Instant began, boolean succeeded, Duration took) {}

  /**
   * @param others requests that succeed before each event, for each that meets it
   * @param pace from the begin of one event to that of the next, at least
   */
  KindRun(Stage stage, Traffic traffic, int others, Duration pace) {
    this.stage = stage;
    this.traffic = traffic;
    this.others = others;
    this.pace = pace;
  }

  /** Plays all of them. */
  KindRun play(List<Episode> schedule) throws IOException {
    int before = stage.asked();
    ExecutorService callers = Executors.newFixedThreadPool(stage.callers());
    for (int i = 0; i < schedule.size(); i++) {
      long next = System.nanoTime() + pace.toNanos();
      for (int j = 0; j < others * stage.callers(); j++) {
        otherFailures += traffic.get(stage.other()).status() == 200 ? 0 : 1;
      }
      String request = stage.event(i, schedule.get(i));
      Instant began = Instant.now();
      long beganNanos = System.nanoTime();
      boolean succeeded = succeed(request, callers);
      Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
      events.add(new Event(began, succeeded, took));
      awaitEnd(schedule.get(i), beganNanos);
      LockSupport.parkNanos(next - System.nanoTime());
    }
    callers.shutdown();
    asked = stage.asked() - before;
    return this;
  }

  private boolean succeed(String request, ExecutorService callers) {
    return IntStream.range(0, stage.callers())
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> traffic.get(request), callers))
            .toList()
            .stream()
            .filter(answer -> answer.join().status() != 200)
            .count()
        == 0;
  }

  /** Another event must not meet the rest of this one. */
  private void awaitEnd(Episode episode, long beganNanos) {
    if (stage instanceof AbsentStage) {
      long end = TimeUnit.MILLISECONDS.toNanos(TimedStage.millis(episode) + 50);
      LockSupport.parkNanos(beganNanos + end - System.nanoTime());
    }
  }

  List<Event> events() {
    return events;
  }

  /** The events that failed in another run of the same schedule. */
  List<Event> thatFailedIn(KindRun other) {
    return IntStream.range(0, events.size())
        .filter(i -> !other.events.get(i).succeeded())
        .mapToObj(events::get)
        .toList();
  }

  long succeeded() {
    return events.stream().filter(Event::succeeded).count();
  }

  /** Requests between the events that failed, which none should. */
  int otherFailures() {
    return otherFailures;
  }

  /**
   * How often the dependency was asked for each request; 0 where nobody counts.
   *
   * @param beside requests that succeed, for each that meets an event: those that were not made are
   *     taken to be asked for once
   */
  double amplification(int beside) {
    double requests = (double) events.size() * stage.callers();
    return stage.asked() < 0
        ? 0
        : (asked + (beside - others) * requests) / (requests * (1 + beside));
  }
}
