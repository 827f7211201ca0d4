package dev.engram.agent.core.runtime;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;

/** Heap and other memory. Used by one thread. */
final class MemoryReadings implements Readings.Source {
  private static final String BYTES = "By";

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
  private final List<BufferPoolMXBean> buffers =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);

  @Override
  public void read(Readings.Target target) {
    MemoryUsage heap = memory.getHeapMemoryUsage();
    Map<String, Object> ofHeap = Map.of("jvm.memory.type", "heap");
    target.put("jvm.memory.used", BYTES, heap.getUsed(), ofHeap);
    if (heap.getMax() > 0) {
      target.put("jvm.memory.limit", BYTES, heap.getMax(), ofHeap);
    }
    target.put("jvm.memory.used_after_last_gc", BYTES, usedAfterCollection(), ofHeap);
    target.put(
        "jvm.memory.used",
        BYTES,
        memory.getNonHeapMemoryUsage().getUsed(),
        Map.of("jvm.memory.type", "non_heap"));
    buffers.forEach(pool -> buffer(pool, target));
  }

  private long usedAfterCollection() {
    long used = 0;
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage after = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      used += after == null ? 0 : after.getUsed();
    }
    return used;
  }

  private static void buffer(BufferPoolMXBean pool, Readings.Target target) {
    if (pool.getMemoryUsed() > 0) {
      target.put(
          "jvm.buffer.memory.used",
          BYTES,
          pool.getMemoryUsed(),
          Map.of("jvm.buffer.pool.name", pool.getName()));
    }
  }
}
