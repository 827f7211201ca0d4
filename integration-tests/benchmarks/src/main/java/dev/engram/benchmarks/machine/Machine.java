package dev.engram.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a reader must know of the machine to make sense of the figures. */
public final class Machine {
  private Machine() {}

  /** Fact by name, in the order they are printed; no name of host or user, no path. */
  public static Map<String, String> facts(List<Jdk> jdks) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", line("/proc/cpuinfo", "model name", "unknown"));
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", memory());
    facts.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    facts.put("load before the run", load());
    jdks.forEach(jdk -> facts.put(jdk.label(), jdk.version() + ", " + jdk.vendor()));
    return facts;
  }

  private static String memory() {
    String kibibytes = line("/proc/meminfo", "MemTotal", "").replaceAll("\\D", "");
    return kibibytes.isEmpty()
        ? "unknown"
        : String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kibibytes) / 1024.0 / 1024.0);
  }

  /** Of one, five and fifteen minutes. */
  private static String load() {
    try {
      String[] averages = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
      return String.join(" ", averages[0], averages[1], averages[2]);
    } catch (IOException notLinux) {
      return "unknown";
    }
  }

  /** The value of the first line {@code key : value}. */
  private static String line(String file, String key, String otherwise) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException notLinux) {
      return otherwise;
    }
  }
}
