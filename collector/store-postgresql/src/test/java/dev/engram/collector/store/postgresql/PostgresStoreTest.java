package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Store;
import dev.engram.collector.store.testkit.DurableStoreContracts;
import java.nio.file.Path;
import java.time.Clock;

class PostgresStoreTest extends DurableStoreContracts {
  @Override
  protected Store openIn(Path folder) {
    return PostgresStore.open(Databases.of(folder), Clock.systemUTC());
  }
}
