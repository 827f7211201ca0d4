package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.StoredSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Readers beside the writer see whole batches. */
public abstract class ConcurrencyContract extends StoreContract {
  private static final int READERS = 6;
  private static final int BATCHES = 150;

  @Test
  void readers_whileWriting_seeWholeBatches() throws Exception {
    put(CHECKOUT, "checkout");
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    AtomicBoolean writing = new AtomicBoolean(true);
    try {
      List<Future<Integer>> questions = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        questions.add(readers.submit(readUntilFalse(writing)));
      }
      for (long position = 0; position < BATCHES * 2; position += 2) {
        write(
            CHECKOUT, exception(CHECKOUT, position, position + 1, 5), span(CHECKOUT, position + 1));
      }
      writing.set(false);
      for (Future<Integer> question : questions) {
        assertThat(question.get(60, TimeUnit.SECONDS)).isPositive();
      }
    } finally {
      writing.set(false);
      readers.shutdownNow();
      assertThat(readers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(reader().spans(ALL_SPANS)).hasSize(BATCHES);
  }

  /**
   * Each batch has a request and an exception, all of one trace: one without the other would be
   * half a batch.
   */
  private Callable<Integer> readUntilFalse(AtomicBoolean writing) {
    return () -> {
      int asked = 0;
      do {
        List<StoredSpan> spans = reader().spans(ALL_SPANS);
        assertThat(spans)
            .allSatisfy(found -> assertThat(found.exceptions()).isEqualTo(spans.size()));
        Accounting books = books(CHECKOUT);
        assertThat(books.stored()).isEven().isEqualTo(books.read());
        asked++;
      } while (writing.get());
      return asked;
    };
  }
}
