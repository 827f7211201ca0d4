package dev.engram.collector.analysis;

import dev.engram.collector.store.InstanceId;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that will fail, or makes failures worse, if nobody acts.
 *
 * @param instance the JVM it is about; null when it is about the service
 * @param subject which of several: a pool, a folder, an error's label, a peer; empty when there is
 *     one
 * @param horizon how long until it fails; null where that cannot be said
 * @param evidence numbers by name; names that end in {@code _ns} are nanoseconds
 * @param action what to do, in one sentence
 */
public record Risk(
    Kind kind,
    Severity severity,
    String service,
    @Nullable InstanceId instance,
    String subject,
    @Nullable Horizon horizon,
    Map<String, Double> evidence,
    String action)
    implements Insight {
  /** The most urgent first, then that with the nearest horizon, then by what it is about. */
  public static final Comparator<Risk> ORDER =
      Comparator.comparing(Risk::severity)
          .thenComparingLong(Risk::nanosLeft)
          .thenComparing(Risk::service)
          .thenComparing(Risk::kind)
          .thenComparing(Risk::subject)
          .thenComparing(Risk::label);

  public Risk {
    evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
  }

  /** What may happen. */
  public enum Kind {
    /** Heap that is still used after collections grows towards the limit. */
    HEAP_EXHAUSTION,
    /** Open files and sockets grow towards the limit. */
    FILE_DESCRIPTOR_EXHAUSTION,
    /** Open files and sockets grow and grow; no limit is near. */
    FILE_DESCRIPTOR_LEAK,
    /** Threads grow and grow. */
    THREAD_LEAK,
    /** The disk of the memory home fills. */
    DISK_EXHAUSTION,
    /** The connections in use grow towards the size of their pool. */
    POOL_SATURATION,
    /** Callers have to wait for a connection now. */
    POOL_EXHAUSTED,
    CERTIFICATE_EXPIRED,
    CREDENTIAL_EXPIRED,
    /** A certificate, password or token says when it will expire. */
    EXPIRY,
    /** Calls were repeated while their target failed. */
    RETRY_AMPLIFICATION
  }

  /**
   * How long until it fails, from the end of the time that was looked at.
   *
   * @param nanos the best guess; 0 for now
   * @param latestNanos {@link Long#MAX_VALUE} where that is not known
   */
  public record Horizon(long nanos, long earliestNanos, long latestNanos) {
    /** One that is known. */
    public static Horizon at(long nanos) {
      return new Horizon(nanos, nanos, nanos);
    }
  }

  /** The short id that users see and type; the same as long as it is the same risk. */
  public String label() {
    String what = String.join("\n", kind.name(), service, String.valueOf(instance), subject);
    UUID digest = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "I-%012x", digest.getMostSignificantBits() >>> 16);
  }

  private long nanosLeft() {
    return horizon == null ? Long.MAX_VALUE : horizon.nanos();
  }
}
