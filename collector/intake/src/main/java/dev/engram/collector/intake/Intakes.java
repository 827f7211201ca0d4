package dev.engram.collector.intake;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The intakes of all instances of a home. One that fails is closed, with one line, and opened anew
 * at the next scan; the others go on. Failures of the store that a person must repair concern all
 * and are thrown.
 */
final class Intakes {
  private final Path home;
  private final Committer committer;
  private final StoreReader reader;
  private final Clock clock;
  private final Consumer<String> log;
  private final InstanceFolders folders;
  private final Territory territory;
  private final Map<Path, InstanceIntake> open = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /** Something done with one intake. */
  private interface Action {
    long apply(InstanceIntake intake) throws IOException;
  }

  Intakes(
      Path home,
      Territory territory,
      Committer committer,
      StoreReader reader,
      Clock clock,
      Consumer<String> log) {
    this.home = home;
    this.territory = territory;
    this.committer = committer;
    this.reader = reader;
    this.clock = clock;
    this.log = log;
    folders = new InstanceFolders(home, log);
  }

  /**
   * Finds new folders, and notes which instances are gone.
   *
   * @return whether some instance has just died and cannot be adopted yet
   */
  boolean scan() {
    folders.removeLeftovers(clock.millis());
    for (InstanceFolder folder : folders.fresh(open.keySet())) {
      attempt(folder.path(), () -> openIfHere(folder));
    }
    return forEach(this::look) > 0;
  }

  /**
   * Stores what there is, at most one batch of each instance.
   *
   * @return the most records that one instance had; {@link BatchDraft#MAX_ROWS} when some instance
   *     may have more now, or is being adopted
   */
  long poll() {
    long most = 0;
    for (InstanceIntake intake : List.copyOf(open.values())) {
      most = Math.max(most, attempt(intake.folder().path(), () -> poll(intake)));
    }
    return most;
  }

  /** Brings the running instances' own counts in the store up to date. */
  void count() {
    forEach(
        intake -> {
          intake.count();
          return 0;
        });
  }

  /** Makes what is stored durable, and removes the queue files it came from. */
  void removeStored() {
    if (open.values().stream().noneMatch(InstanceIntake::hasRemovable)) {
      return;
    }
    committer.run(StoreWriter::sync);
    forEach(
        intake -> {
          intake.removeStored();
          return 0;
        });
  }

  void close() {
    open.values().forEach(this::close);
    open.clear();
  }

  private long openIfHere(InstanceFolder folder) throws IOException {
    if (folder.liveness(territory, clock.millis()) == Liveness.ELSEWHERE) {
      tell(folder.path() + " is left alone: " + elsewhere(folder.description()));
      return 0;
    }
    open.put(folder.path(), new InstanceIntake(home, folder, committer, reader, clock, log));
    return 0;
  }

  private String elsewhere(InstanceDescription instance) {
    String recorded = "it was recorded on " + instance.host();
    return territory.covers(instance)
        ? recorded + ", where it may still run: its heartbeat is fresh"
        : recorded
            + ", whose own collector must store it; when that host is gone for good, run:"
            + " engram collect --adopt-host "
            + instance.host();
  }

  private long look(InstanceIntake intake) throws IOException {
    InstanceFolder.requireOwn(intake.folder().path());
    if (intake.isGone()) {
      return 0;
    }
    Liveness liveness = intake.folder().liveness(territory, clock.millis());
    if (liveness == Liveness.DEAD) {
      intake.adopt();
    }
    return liveness == Liveness.LEAVING ? 1 : 0;
  }

  private long poll(InstanceIntake intake) throws IOException {
    if (!intake.isGone()) {
      return intake.poll();
    }
    if (intake.pollAdoption()) {
      open.remove(intake.folder().path());
      return 0;
    }
    return BatchDraft.MAX_ROWS;
  }

  private long forEach(Action action) {
    long sum = 0;
    for (InstanceIntake intake : List.copyOf(open.values())) {
      sum += attempt(intake.folder().path(), () -> action.apply(intake));
    }
    return sum;
  }

  /** Something that concerns one folder and may fail for its own reasons. */
  private interface Attempt {
    long run() throws IOException;
  }

  private long attempt(Path folder, Attempt attempt) {
    try {
      return attempt.run();
    } catch (IOException | RuntimeException failure) {
      if (failure instanceof StoreException store
          && (!store.isRetryable() || committer.hasGivenUp())) {
        throw store;
      }
      InstanceIntake failed = open.remove(folder);
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        tell(folder + " cannot be read now (" + failure + "); it is tried again");
      } else if (failed != null) {
        tell(folder + " was removed: what was not read of it yet is lost");
        failed.settleRemoved();
      }
      if (failed != null) {
        close(failed);
      }
      return 0;
    }
  }

  private void close(InstanceIntake intake) {
    try {
      intake.close();
    } catch (IOException e) {
      tell(intake.folder().path() + " cannot be closed: " + e);
    }
  }

  /** Says something once, however often it happens. */
  private void tell(String line) {
    if (told.size() < 1000 && told.add(line)) {
      log.accept(line);
    }
  }
}
