package dev.engram.collector.intake;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreWriter;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes to the store, on the caller's thread or meanwhile on one of its own, never on both at
 * once. While the store is unavailable or overloaded it tries again, and the records wait in their
 * queues; what a person must repair is thrown. A row the store refuses is singled out and kept in
 * quarantine, the others are stored.
 */
final class Committer implements AutoCloseable {
  private static final Duration FIRST_DELAY = Duration.ofMillis(50);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
  private static final String NODE = "node";
  private static final int MOST_ERRORS = 10_000;

  private final StoreWriter writer;
  private final FailsafeExecutor<Object> retrying;
  private final Consumer<String> log;
  private final ExecutorService meanwhile =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "engram-commit");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicLong learned = new AtomicLong();
  private final AtomicLong attempted = new AtomicLong();
  private final AtomicLong erred = new AtomicLong();

  /** Services of the instances that were put and have not ended. */
  private final Map<InstanceId, String> services = new HashMap<>();

  /** Errors that were stored; beyond so many none is new. */
  private final Set<KnownError> errors = new HashSet<>();

  private volatile boolean failing;
  private long failingSince;
  private long patienceNanos = Long.MAX_VALUE;

  Committer(StoreWriter writer, BooleanSupplier stopping, Consumer<String> log) {
    this.writer = writer;
    this.log = log;
    this.retrying =
        Failsafe.with(
            RetryPolicy.builder()
                .handleIf(failure -> failure instanceof StoreException e && e.isRetryable())
                .abortIf((result, failure) -> stopping.getAsBoolean() || hasGivenUp())
                .withMaxRetries(-1)
                .withBackoff(FIRST_DELAY, LONGEST_DELAY)
                .onFailedAttempt(attempt -> tellFailing(attempt.getLastException()))
                .build());
  }

  /** From now on tries again for so long at most; otherwise for ever. */
  void giveUpAfter(Duration patience) {
    patienceNanos = patience.toNanos();
  }

  /** Whether the store has failed for so long that trying again has ended. */
  boolean hasGivenUp() {
    return failing && System.nanoTime() - failingSince >= patienceNanos;
  }

  /** Calls the store's writer, again and again while that may help. */
  <T> T call(Function<StoreWriter, T> action) {
    T result = retrying.get(() -> action.apply(writer));
    if (failing) {
      failing = false;
      log.accept("the store works again; what had to wait is being stored");
    }
    return result;
  }

  void run(Consumer<StoreWriter> action) {
    call(
        target -> {
          action.accept(target);
          return true;
        });
  }

  /** Remembers an instance, or brings its description up to date. */
  void put(Instance instance) {
    run(target -> target.putInstance(instance));
    services.put(instance.id(), instance.service());
  }

  /** The instance has ended. */
  void end(InstanceId instance, long endedEpochNanos) {
    run(target -> target.closeInstance(instance, endedEpochNanos));
    services.remove(instance);
  }

  /**
   * Commits a batch.
   *
   * @param before the instance's checkpoint until now
   */
  void commit(Batch batch, Checkpoint before, Quarantine quarantine) {
    try {
      call(target -> target.write(batch));
      note(batch);
    } catch (StoreException failure) {
      throw failure;
    } catch (RuntimeException refused) {
      commitApart(batch, before, quarantine, refused);
    }
  }

  /** Counts a batch that was written, if something can be learned from it. */
  void note(Batch batch) {
    if (batch.rows().stream().anyMatch(Committer::teaches)) {
      learned.incrementAndGet();
    }
    if (batch.rows().stream().anyMatch(Committer::tellsOfRemedies)) {
      attempted.incrementAndGet();
    }
    String service = services.getOrDefault(batch.instance(), "");
    if (batch.rows().stream().anyMatch(row -> tellsOfErrors(service, row))) {
      erred.incrementAndGet();
    }
  }

  /** How many batches brought decisions, nodes, or what became of them. Any thread may ask. */
  long learned() {
    return learned.get();
  }

  /**
   * How many batches brought attempts of remedies, or what was said of remedies. Any thread may
   * ask.
   */
  long attempted() {
    return attempted.get();
  }

  /** How many batches brought new errors, or what people know of errors. Any thread may ask. */
  long erred() {
    return erred.get();
  }

  /** Whether what is recorded is stored, as far as is known. Any thread may ask. */
  boolean isStoring() {
    return !failing;
  }

  private static boolean tellsOfRemedies(Row row) {
    return row instanceof RemedyAttemptRow
        || row instanceof KnowledgeRow said && said.subject().equals(KnowledgeRow.REMEDY);
  }

  private boolean tellsOfErrors(String service, Row row) {
    return row instanceof KnowledgeRow
        || row instanceof ExceptionRow exception
            && errors.size() < MOST_ERRORS
            && errors.add(new KnownError(service, exception.fingerprint()));
  }

  private static boolean teaches(Row row) {
    return row instanceof DecisionRow
        || row instanceof OutcomeRow
        || row instanceof FeedbackRow
        || row instanceof SpanRow span && span.category().equals(NODE);
  }

  /** What is known against an error each service recalls on its own. */
  private record KnownError(String service, long fingerprint) {}

  /** A commit that goes on meanwhile. Nothing else is asked of the committer before its end. */
  interface Commit extends AutoCloseable {
    /** Waits for its end; throws what it threw. */
    @Override
    void close();
  }

  /** As {@link #commit}, while the caller does something else. */
  Commit begin(Batch batch, Checkpoint before, Quarantine quarantine) {
    CompletableFuture<Void> commit =
        CompletableFuture.runAsync(() -> commit(batch, before, quarantine), meanwhile);
    return () -> await(commit);
  }

  private static void await(CompletableFuture<Void> commit) {
    try {
      commit.join();
    } catch (CompletionException wrapped) {
      Throwable thrown = wrapped.getCause();
      if (thrown instanceof Error error) {
        throw error;
      }
      throw thrown instanceof RuntimeException failure ? failure : wrapped;
    }
  }

  private void commitApart(
      Batch batch, Checkpoint before, Quarantine quarantine, RuntimeException refused) {
    List<Row> rows = batch.rows();
    if (rows.isEmpty()) {
      throw refused;
    }
    if (rows.size() == 1) {
      quarantine.keep(rows.get(0), "refused by the store: " + refused);
      commit(withoutRow(batch), before, quarantine);
      return;
    }
    int half = rows.size() / 2;
    Batch first = firstRows(batch, half, before);
    commit(first, before, quarantine);
    commit(withoutFirst(batch, half), first.checkpoint(), quarantine);
  }

  private static Batch withoutRow(Batch batch) {
    return new Batch(
        batch.instance(),
        List.of(),
        batch.checkpoint(),
        batch.read(),
        batch.malformed(),
        batch.rejected() + 1,
        batch.dropped());
  }

  /** Its number stays behind: positions alone tell what of the queue is stored. */
  private static Batch firstRows(Batch batch, int half, Checkpoint before) {
    List<Row> rows = batch.rows().subList(0, half);
    long position = rows.get(half - 1).position();
    Checkpoint checkpoint = new Checkpoint(position, before.number(), before.queueIndexHint());
    return new Batch(batch.instance(), rows, checkpoint, half, 0, 0, Map.of());
  }

  private static Batch withoutFirst(Batch batch, int half) {
    List<Row> rows = batch.rows();
    return new Batch(
        batch.instance(),
        rows.subList(half, rows.size()),
        batch.checkpoint(),
        batch.read() - half,
        batch.malformed(),
        batch.rejected(),
        batch.dropped());
  }

  private void tellFailing(Throwable failure) {
    if (!failing && failure instanceof StoreException e && e.isRetryable()) {
      failing = true;
      failingSince = System.nanoTime();
      log.accept(
          "the store cannot take records now, they wait in their queues: " + failure.getMessage());
    }
  }

  /** Not while a commit goes on. */
  @Override
  public void close() {
    meanwhile.shutdown();
  }
}
