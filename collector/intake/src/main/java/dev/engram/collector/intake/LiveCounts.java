package dev.engram.collector.intake;

import dev.engram.agent.record.ring.RingHeader;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The instances in a memory home and what they count at this moment, straight from their folders;
 * needs no collector. Thread-safe.
 */
public final class LiveCounts {
  private static final Consumer<String> SILENT = line -> {};

  private final Path home;
  private final StoreReader reader;
  private final Territory territory = Territory.ofThisHost();

  /**
   * Counts of a home.
   *
   * @param reader tells what of the queues is stored already
   */
  public LiveCounts(Path home, StoreReader reader) {
    this.home = home.toAbsolutePath().normalize();
    this.reader = reader;
  }

  /**
   * Absolute counts of the instances whose folder can be read, also of those that are gone and wait
   * for a collector; others are left out. Where the ring tells nothing, the last stored counts.
   */
  public Map<Instance, ProducerCounts> producerCounts() {
    Map<InstanceId, Accounting> stored = reader.accounting();
    Map<Instance, ProducerCounts> counts = new HashMap<>();
    InstanceFolders folders = new InstanceFolders(home, SILENT);
    for (InstanceFolder folder : folders.fresh(Set.of())) {
      try {
        put(folder, stored.get(folder.description().id()), counts);
      } catch (IOException adoptedMeanwhileOrUnreadable) {
        continue;
      }
    }
    return counts;
  }

  /** Folders that nobody collects until a person mends them, each with what is wrong. */
  public List<String> leftAlone() {
    List<String> lines = new ArrayList<>();
    new InstanceFolders(home, lines::add).fresh(Set.of());
    return lines;
  }

  private void put(
      InstanceFolder folder, @Nullable Accounting books, Map<Instance, ProducerCounts> counts)
      throws IOException {
    @Nullable String end = folder.end(territory, System.currentTimeMillis());
    Optional<RingHeader> header = ProducerBooks.readable(folder.header());
    boolean damaged = end != null && header.isEmpty() && Files.exists(folder.path());
    Instance instance =
        folder
            .description()
            .running()
            .with(Instance.END, end)
            .with(Instance.DAMAGE, damaged ? "the ring cannot be read" : null);
    ProducerCounts known = books == null ? ProducerCounts.NONE : books.producer();
    counts.put(instance, header.map(it -> ProducerBooks.running(it, passed(books))).orElse(known));
  }

  private static long passed(@Nullable Accounting books) {
    return books == null
        ? 0
        : books.read() + books.dropped().values().stream().mapToLong(Long::longValue).sum();
  }
}
