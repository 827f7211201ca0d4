package dev.engram.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.SampleMemory;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.RunningInstances;
import dev.engram.collector.store.memory.InMemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RememberedTest {
  private static final long MINUTE = 60_000_000_000L;

  private final InMemoryStore store = new InMemoryStore();
  private final Queries queries = new Queries(store.reader(), RunningInstances.NONE);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void line_countsWhatTheRunLeft() {
    SampleMemory.write(store.writer());

    assertThat(line(SampleMemory.MIDNIGHT, SampleMemory.MIDNIGHT + 5 * MINUTE))
        .isEqualTo(
            "remembered 4 records of shop, 1 error in 1 group"
                + " (engram requests --since 6m --home /memory)");
  }

  @Test
  void line_leavesOutWhatStartedEarlier() {
    SampleMemory.write(store.writer());

    assertThat(line(SampleMemory.MIDNIGHT + 1, SampleMemory.MIDNIGHT + MINUTE))
        .startsWith("nothing was remembered:");
  }

  private String line(long began, long now) {
    return Remembered.line(queries, began, now, " --home /memory");
  }
}
