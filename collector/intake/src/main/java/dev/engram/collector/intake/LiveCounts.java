package dev.engram.collector.intake;

import dev.engram.agent.record.ring.RingHeader;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.StoreReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the instances in a memory home count at this moment, straight from their ring files; needs
 * no collector. Thread-safe.
 */
public final class LiveCounts {
  private static final Consumer<String> SILENT = line -> {};

  private final Path home;
  private final StoreReader reader;

  /**
   * Counts of a home.
   *
   * @param reader tells what of the queues is stored already
   */
  public LiveCounts(Path home, StoreReader reader) {
    this.home = home.toAbsolutePath().normalize();
    this.reader = reader;
  }

  /** Absolute counts of the instances whose folder can be read; others are left out. */
  public Map<InstanceId, ProducerCounts> producerCounts() {
    Map<InstanceId, Accounting> stored = reader.accounting();
    Map<InstanceId, ProducerCounts> counts = new HashMap<>();
    InstanceFolders folders = new InstanceFolders(home, SILENT);
    for (InstanceFolder folder : folders.fresh(Set.of())) {
      InstanceId id = folder.description().id();
      header(folder)
          .ifPresent(
              header -> counts.put(id, ProducerBooks.running(header, passed(stored.get(id)))));
    }
    return counts;
  }

  private static Optional<RingHeader> header(InstanceFolder folder) {
    try {
      return ProducerBooks.readable(folder.header());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static long passed(@Nullable Accounting books) {
    return books == null
        ? 0
        : books.read() + books.dropped().values().stream().mapToLong(Long::longValue).sum();
  }
}
