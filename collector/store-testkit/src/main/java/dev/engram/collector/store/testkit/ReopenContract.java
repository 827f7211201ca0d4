package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.begun;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.part;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.WriteResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For durable stores: what was committed is there after closing and opening again. */
public abstract class ReopenContract extends StoreContract {
  @Test
  void reopened_storeAnswersAsBefore() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        begun(1, 10),
        exception(CHECKOUT, 2, 10, 5, thrown("T", 7, "a.B.c(B.java:1)")),
        part(3, 9, 0, 1, (byte) 4),
        span(CHECKOUT, 4));
    List<String> before = everything();

    reopen();
    assertThat(everything()).isEqualTo(before);
    assertThat(writer().checkpoint(CHECKOUT)).contains(new Checkpoint(4, 4, 0));
  }

  @Test
  void reopened_storeGoesOn() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, begun(1, 10), span(CHECKOUT, 2));
    long seen = reader().span(2).orElseThrow().arrival();

    reopen();
    assertThat(write(CHECKOUT, span(CHECKOUT, 3, 10, true)))
        .isEqualTo(new WriteResult(1, 1, 0, 0, -1));
    assertThat(reader().span(10).orElseThrow().arrival()).isGreaterThan(seen);
    writer().sync();
    assertThat(reader().spans(ALL_SPANS)).hasSize(2);
  }

  private void reopen() {
    store.close();
    store = open(folder);
  }

  private List<String> everything() {
    return List.of(
        Rendering.of(reader().instances()),
        Rendering.of(reader().spans(ALL_SPANS)),
        Rendering.of(reader().inProgress(ALL_SPANS)),
        Rendering.of(reader().exceptions(ALL_EXCEPTIONS)),
        Rendering.of(reader().payload(CHECKOUT, 9)),
        Rendering.of(reader().accounting()));
  }
}
