package dev.engram.agent.core.runtime;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * The pauses of the garbage collectors since the last reading: how long they were together, how
 * many, and the longest. Used by one thread; the JVM's tells of each pause.
 */
final class GarbageCollectionReadings implements Readings.Source {
  private static final String NOTIFICATION = "com.sun.management.gc.notification";
  private static final double MILLIS_PER_SECOND = 1000;

  private final List<Collector> collectors =
      ManagementFactory.getGarbageCollectorMXBeans().stream()
          .filter(bean -> isOfPauses(bean.getName()))
          .map(Collector::new)
          .toList();

  @Override
  public void read(Readings.Target target) {
    collectors.forEach(collector -> collector.read(target));
  }

  /** What ZGC and Shenandoah do beside the application has beans of its own, and stops nobody. */
  static boolean isOfPauses(String collector) {
    return !collector.endsWith("Cycles");
  }

  private static final class Collector implements NotificationListener {
    private final GarbageCollectorMXBean bean;
    private final Map<String, Object> ofCollector;
    private final AtomicLong longestMillis = new AtomicLong();
    private long millis;
    private long count;

    Collector(GarbageCollectorMXBean bean) {
      this.bean = bean;
      this.ofCollector = Map.of("jvm.gc.name", bean.getName());
      // A JVM without the module jdk.management has beans that tell nothing.
      if (bean instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(this, null, null);
      }
    }

    void read(Readings.Target target) {
      long millisBefore = millis;
      long countBefore = count;
      millis = bean.getCollectionTime();
      count = bean.getCollectionCount();
      put("jvm.gc.duration", "s", (millis - millisBefore) / MILLIS_PER_SECOND, target);
      put("engram.jvm.gc.count", "{collection}", count - countBefore, target);
      put("engram.jvm.gc.longest", "s", longestMillis.getAndSet(0) / MILLIS_PER_SECOND, target);
    }

    /** Its types are read by name: they are in that module. */
    @Override
    public void handleNotification(Notification pause, Object nothing) {
      if (pause.getType().equals(NOTIFICATION)
          && pause.getUserData() instanceof CompositeData told
          && told.get("gcInfo") instanceof CompositeData info
          && info.get("duration") instanceof Long duration) {
        longestMillis.accumulateAndGet(duration, Math::max);
      }
    }

    private void put(String name, String unit, double value, Readings.Target target) {
      if (value > 0) {
        target.put(name, unit, value, ofCollector);
      }
    }
  }
}
