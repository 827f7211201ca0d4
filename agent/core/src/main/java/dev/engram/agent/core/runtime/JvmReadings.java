package dev.engram.agent.core.runtime;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Map;

/** Threads, classes, processors and open files. Used by one thread. */
final class JvmReadings implements Readings.Source {
  private static final Map<String, Object> NONE = Map.of();

  private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();

  @Override
  public void read(Readings.Target target) {
    target.put(
        "jvm.thread.count", "{thread}", ManagementFactory.getThreadMXBean().getThreadCount(), NONE);
    target.put(
        "jvm.class.count",
        "{class}",
        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
        NONE);
    if (system instanceof UnixOperatingSystemMXBean unix) {
      share("jvm.cpu.recent_utilization", unix.getProcessCpuLoad(), target);
      share("system.cpu.utilization", unix.getCpuLoad(), target);
      target.put(
          "jvm.file_descriptor.count",
          "{file_descriptor}",
          unix.getOpenFileDescriptorCount(),
          NONE);
      target.put(
          "jvm.file_descriptor.limit", "{file_descriptor}", unix.getMaxFileDescriptorCount(), NONE);
    }
  }

  /** Negative when the JVM cannot tell. */
  private static void share(String name, double value, Readings.Target target) {
    if (value >= 0) {
      target.put(name, "1", value, NONE);
    }
  }
}
