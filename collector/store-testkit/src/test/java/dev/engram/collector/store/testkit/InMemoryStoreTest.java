package dev.engram.collector.store.testkit;

import dev.engram.collector.store.Store;
import dev.engram.collector.store.memory.InMemoryStore;
import java.nio.file.Path;

class InMemoryStoreTest extends StoreContracts {
  @Override
  protected Store openIn(Path unused) {
    return new InMemoryStore();
  }
}
