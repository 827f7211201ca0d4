package com.acme.shop;

import dev.engram.agent.api.Idempotent;
import java.util.Map;

/** Something that may be done twice. */
public class Prices {
  /** Where a price comes from. */
  public interface Source {
    long ask() throws Exception;
  }

  @Idempotent
  public long load(Source source) throws Exception {
    return source.ask();
  }

  /** Others wait meanwhile. */
  public synchronized long loadAlone(Source source) throws Exception {
    return load(source);
  }

  /** Others wait for the map meanwhile. */
  public long loadInto(Map<String, Long> map, Source source) {
    return map.computeIfAbsent("book", name -> unchecked(source));
  }

  private long unchecked(Source source) {
    try {
      return load(source);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
