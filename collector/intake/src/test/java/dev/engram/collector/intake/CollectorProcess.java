package dev.engram.collector.intake;

import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.Set;

/** A collector that runs until it is killed, and says when it serves its home. */
final class CollectorProcess {
  private CollectorProcess() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home));
        Collector collector = Collector.open(home, Set.of(), store, System.err::println)) {
      System.out.println("serving");
      collector.run();
    }
  }
}
