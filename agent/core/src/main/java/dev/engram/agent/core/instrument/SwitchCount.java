package dev.engram.agent.core.instrument;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often a module was switched off or on. An instrumentation that follows something step by step
 * asks for it: where it has changed, steps may be missing. Thread-safe, without locks.
 */
public final class SwitchCount {
  /** One for each module, which are few. */
  private static final Map<String, SwitchCount> BY_MODULE = new ConcurrentHashMap<>();

  private final AtomicInteger count = new AtomicInteger();

  private SwitchCount() {}

  /**
   * @param module as {@link InstrumentationModule#name()}
   */
  public static SwitchCount of(String module) {
    return BY_MODULE.computeIfAbsent(module, absent -> new SwitchCount());
  }

  /** 0 where it is as it was at the start. Rises before a switch takes effect. */
  public int get() {
    return count.get();
  }

  void increment() {
    count.incrementAndGet();
  }
}
