package dev.engram.collector.server;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.intake.Quarantined;
import dev.engram.collector.intake.Replayed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What of a home could not be stored: to be looked at, and to be tried again. For one thread. */
public final class HomeQuarantine {
  private final Home home;

  public HomeQuarantine(Home home) {
    this.home = home;
  }

  /**
   * What of one instance is there.
   *
   * @param name the instance's id; of something that a person told, its file's name
   * @param reasons how many records are there for which reason, by reason
   * @param files whole files that were kept, such as a damaged queue
   */
  public record Entry(String name, Map<String, Long> reasons, List<Path> files) {
    public long records() {
      return reasons.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * What became of the records.
   *
   * @param stored those that are in the store now
   * @param left those that still cannot be stored, and stay
   */
  public record Result(long stored, long left) {}

  public Path folder() {
    return home.folder().resolve(HomeLayout.QUARANTINE);
  }

  /**
   * All that is there, by name.
   *
   * @throws HomeException when it cannot be read
   */
  public List<Entry> entries() {
    try {
      return Quarantined.in(home.folder()).stream()
          .map(it -> new Entry(it.name(), it.reasons(), it.files()))
          .toList();
    } catch (IOException unreadable) {
      throw unusable(unreadable);
    }
  }

  /**
   * Stores the records that can be stored by now, such as those of an agent newer than the
   * collector was.
   *
   * @param log takes one line for a person at a time
   * @throws HomeException when a collector serves the home, or the quarantine cannot be read
   * @throws dev.engram.collector.store.StoreException when the store cannot be used
   */
  public Result replay(Consumer<String> log) {
    try (CollectorServer server = CollectorServer.open(home, Set.of(), log)) {
      Replayed replayed = server.replay();
      return new Result(replayed.stored(), replayed.left());
    } catch (IOException unreadable) {
      throw unusable(unreadable);
    }
  }

  private HomeException unusable(IOException why) {
    return new HomeException(
        "cannot use " + folder() + " (" + why + "): mend its rights, or move it aside", why);
  }
}
