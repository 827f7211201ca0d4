package dev.engram.benchmarks.store;

import dev.engram.benchmarks.measure.Goal;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import dev.engram.collector.query.Queries;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * How long the questions of the command line take on a large store, within a process. Another
 * number of records than ten million is given by the environment variable {@code LARGE_RECORDS}.
 */
public final class LargeStoreGroup implements Group {
  private static final long RECORDS = 10_000_000;
  private static final long QUICK = 20_000;

  /** Of one question in one round; fewer where they take long. */
  private static final int TIMES = 20;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
  private static final double GOAL_MILLIS = 300;

  private static final Quantity P50 = new Quantity("p50", "ms");
  private static final Quantity P95 = new Quantity("p95", "ms");

  @Override
  public String name() {
    return "large";
  }

  @Override
  public Section measure(Plan plan) throws Exception {
    Path home = Files.createTempDirectory(plan.work(), "large");
    Instant now = Instant.now();
    long until = TimeUnit.SECONDS.toNanos(now.getEpochSecond());
    long records = new LargeStore(until, plan::progress).fill(home, records(plan));
    try (Memory memory = Memory.open(new Home(home))) {
      StoreQuestions questions = new StoreQuestions(until, plan.order());
      Table table = ask(plan, memory.queries(), questions.all(memory.queries()));
      return new Section(
              "Questions to a large store",
              "A SQLite store of %,d records of the last thirty days (%.1f GB), four services, 20%%"
                      .formatted(records, memory.bytes() / 1e9)
                  + " requests, 70% SQL, 6% methods, 2% exceptions, 1% calls of models, no bodies"
                  + " of requests; asked in one process, as the command line asks: %d times each,"
                      .formatted(TIMES)
                  + " or for ten seconds.")
          .add(table);
    }
  }

  private static Table ask(Plan plan, Queries queries, Map<String, Consumer<Queries>> questions) {
    Table table =
        new Table(
            "Questions to a large store",
            "engram ...",
            List.copyOf(questions.keySet()),
            List.of(P50, P95));
    questions
        .keySet()
        .forEach(it -> table.goal(Goal.atMost("large store: " + it, it, P95, GOAL_MILLIS)));
    for (int round = 0; round < plan.rounds(); round++) {
      for (Map.Entry<String, Consumer<Queries>> question :
          plan.shuffled(List.copyOf(questions.entrySet()))) {
        Histogram took = ask(queries, question.getValue());
        double p95 = millis(took.getValueAtPercentile(95));
        plan.progress("%s: %.1f ms".formatted(question.getKey(), p95));
        table.addRound(question.getKey(), millis(took.getValueAtPercentile(50)), p95);
      }
    }
    return table;
  }

  private static Histogram ask(Queries queries, Consumer<Queries> question) {
    Histogram took = new Histogram(3);
    long begun = System.nanoTime();
    for (int i = 0; i < TIMES && System.nanoTime() - begun < PATIENCE; i++) {
      long asked = System.nanoTime();
      question.accept(queries);
      took.recordValue(System.nanoTime() - asked);
    }
    return took;
  }

  private static long records(Plan plan) {
    String said = System.getenv("LARGE_RECORDS");
    if (said != null) {
      return Long.parseLong(said);
    }
    return plan.quick() ? QUICK : RECORDS;
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
