package dev.engram.integration.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.engram.integration.soak.Footprint.Quantity;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks at a JVM of this machine: through its management beans, and at what Linux says of it. */
public final class ProcessWatch implements AutoCloseable {
  private final Path proc;
  private final Path home;
  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final BufferPoolMXBean direct;
  private final UnixOperatingSystemMXBean system;
  private final Footprint footprint = new Footprint();

  private ProcessWatch(long pid, Path home, JMXConnector connector) throws IOException {
    this.proc = Path.of("/proc", Long.toString(pid));
    this.home = home;
    this.connector = connector;
    MBeanServerConnection beans = connector.getMBeanServerConnection();
    this.memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
    this.system = ManagementFactory.getPlatformMXBean(beans, UnixOperatingSystemMXBean.class);
    this.direct =
        ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
  }

  /**
   * @param home the mapped files below it are counted
   */
  public static ProcessWatch of(long pid, Path home) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      String address = machine.startLocalManagementAgent();
      machine.detach();
      return new ProcessWatch(pid, home, JMXConnectorFactory.connect(new JMXServiceURL(address)));
    } catch (AttachNotSupportedException refused) {
      throw new IOException(refused);
    }
  }

  /** Has it collect its garbage, and notes what is left. */
  public void look(Duration since) throws IOException {
    memory.gc();
    footprint.at(since);
    footprint.put(Quantity.HEAP, memory.getHeapMemoryUsage().getUsed());
    footprint.put(Quantity.DIRECT, direct.getMemoryUsed());
    footprint.put(Quantity.MAPPED, mapped());
    footprint.put(Quantity.RESIDENT, status("VmRSS:") * 1024.0);
    footprint.put(Quantity.THREADS, status("Threads:"));
    footprint.put(Quantity.DESCRIPTORS, system.getOpenFileDescriptorCount());
  }

  public Footprint footprint() {
    return footprint;
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }

  /** The number behind this word in its status. */
  private long status(String word) throws IOException {
    return Files.readAllLines(proc.resolve("status")).stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  /** How much of its addresses lead to files of the home. */
  private long mapped() throws IOException {
    return Files.readAllLines(proc.resolve("maps")).stream()
        .filter(line -> line.contains(home.toString()))
        .map(line -> line.substring(0, line.indexOf(' ')).split("-", 2))
        .mapToLong(ends -> Long.parseLong(ends[1], 16) - Long.parseLong(ends[0], 16))
        .sum();
  }
}
