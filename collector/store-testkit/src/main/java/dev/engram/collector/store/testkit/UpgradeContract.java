package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.begun;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.part;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.statement;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A store that an earlier version wrote is read and goes on. A backend archives one store of each
 * schema version it ever released, filled by {@link #fill}.
 */
public abstract class UpgradeContract extends StoreContract {
  /** The archived versions, oldest first, the current one included. */
  protected abstract List<Integer> versions();

  /** Puts the archived store of this version where {@link #open} will look for it. */
  protected abstract void restore(int version, Path folder) throws IOException;

  /** What every archived store holds. */
  public static void fill(Store store) {
    StoreWriter writer = store.writer();
    writer.putInstance(new Instance(CHECKOUT, "checkout", "1.0", 1_000, 0, Map.of("pid", 7L)));
    writer.write(
        new Batch(
            CHECKOUT,
            List.of(
                begun(1, 10),
                exception(CHECKOUT, 2, 3, 5, thrown("T", 7, "a.B.c(B.java:1)")),
                span(CHECKOUT, 3),
                statement(CHECKOUT, 4, "select 1", 20, "ok"),
                part(5, 9, 0, 1, (byte) 4)),
            new Checkpoint(5, 5, 0),
            6,
            1,
            0,
            Map.of("queue_full", 1L)));
  }

  @Test
  void archivedVersions_areReadAndGoOn() throws IOException {
    for (int version : versions()) {
      Path home = folder.resolve("version-" + version);
      restore(version, home);
      store.close();
      store = open(home);
      assertHoldsWhatWasFilled("version " + version);
      KnowledgeRow said = new KnowledgeRow(7, 1, "error", "ab", "name", "n", null);
      write(CHECKOUT, span(CHECKOUT, 6, 10, true), said);
      assertThat(books(CHECKOUT).joined()).isEqualTo(1);
      assertThat(reader().knowledge()).as("version " + version).containsExactly(said);
    }
  }

  private void assertHoldsWhatWasFilled(String version) {
    assertThat(reader().instances())
        .as(version)
        .containsExactly(new Instance(CHECKOUT, "checkout", "1.0", 1_000, 0, Map.of("pid", 7L)));
    assertThat(reader().span(3).orElseThrow().row()).as(version).isEqualTo(span(CHECKOUT, 3));
    assertThat(reader().inProgress(ALL_SPANS)).as(version).hasSize(1);
    assertThat(reader().statements(ALL_STATEMENTS)).as(version).hasSize(1);
    assertThat(reader().frames(CHECKOUT, 7)).as(version).contains(List.of("a.B.c(B.java:1)"));
    assertThat(reader().payload(CHECKOUT, 9)).as(version).hasValue(new byte[] {4});
    assertThat(books(CHECKOUT).read()).as(version).isEqualTo(6);
    assertThat(books(CHECKOUT).dropped()).as(version).isEqualTo(Map.of("queue_full", 1L));
    assertThat(writer().checkpoint(CHECKOUT)).as(version).contains(new Checkpoint(5, 5, 0));
  }
}
