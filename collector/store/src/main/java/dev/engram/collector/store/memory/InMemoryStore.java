package dev.engram.collector.store.memory;

import dev.engram.collector.store.Health;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;

/** A store that forgets everything when it is closed. Thread-safe. */
public final class InMemoryStore implements Store {
  private final Memory memory = new Memory();
  private final StoreWriter writer = new InMemoryWriter(memory);
  private final StoreReader reader = new InMemoryReader(memory);

  @Override
  public StoreWriter writer() {
    return writer;
  }

  @Override
  public StoreReader reader() {
    return reader;
  }

  @Override
  public Health check() {
    try {
      reader.instances();
      return new Health.Ok();
    } catch (StoreException closed) {
      return new Health.Failed(closed);
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
