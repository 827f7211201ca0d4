package dev.engram.cli.render;

import dev.engram.collector.analysis.Proportion;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers with units, as people read them. */
public final class Units {
  private static final long SECOND = 1_000_000_000L;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter MINUTE_OF_TODAY =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Units() {}

  /** Such as {@code 12.3 ms}; {@code -} for a duration that is not known. */
  public static String duration(long nanos) {
    if (nanos < 0) {
      return "-";
    }
    if (nanos < 1_000) {
      return nanos + " ns";
    }
    if (nanos < 999_500) {
      return threeDigits(nanos / 1e3) + " µs";
    }
    if (nanos < 999_500_000L) {
      return threeDigits(nanos / 1e6) + " ms";
    }
    return nanos < 60 * SECOND ? threeDigits(nanos / 1e9) + " s" : minutes(nanos / SECOND);
  }

  /** With a comma between thousands. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Such as {@code 2.5 KiB}. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes / 1024.0;
    for (String unit : new String[] {"KiB", "MiB", "GiB"}) {
      if (value < 1024) {
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
      }
      value /= 1024;
    }
    return String.format(Locale.ROOT, "%.1f TiB", value);
  }

  /** Such as {@code 37%}. */
  public static String share(double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * 100);
  }

  /** Such as {@code 3.7%}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", share * 100);
  }

  /** The 95% interval of a share, such as {@code 28%-95%}. */
  static String between(Proportion share) {
    return share(share.low()) + "-" + share(share.high());
  }

  /** Such as {@code 3 of 4 times, 95% between 28%-95%}. */
  static String times(Proportion share) {
    String times = share.of() == 1 ? " time" : " times";
    return share.count() + " of " + share.of() + times + ", 95% between " + between(share);
  }

  /** US dollars, small sums to a millionth; {@code -} for a cost that is not known. */
  public static String dollars(@Nullable Double cost) {
    if (cost == null) {
      return "-";
    }
    String format = cost >= 1 || cost == 0 ? "$%,.2f" : cost >= 0.01 ? "$%.4f" : "$%.6f";
    return String.format(Locale.ROOT, format, cost);
  }

  /** A measured value in the notation of its unit, which is UCUM's. */
  public static String reading(double value, String unit) {
    return switch (unit) {
      case "By" -> bytes(Math.round(value));
      case "s" -> duration(Math.round(value * SECOND));
      case "1" -> share(value);
      default -> value == Math.rint(value) ? count(Math.round(value)) : threeDigits(value);
    };
  }

  /** To the millisecond, in the reader's zone. */
  public static String time(long epochNanos, ZoneId zone) {
    return LOCAL.format(instant(epochNanos).atZone(zone));
  }

  /** To the minute, in the reader's zone; without the date where that is today's. */
  public static String minute(long epochNanos, ZoneId zone, long nowEpochNanos) {
    ZonedDateTime time = instant(epochNanos).atZone(zone);
    boolean today = time.toLocalDate().equals(instant(nowEpochNanos).atZone(zone).toLocalDate());
    return (today ? MINUTE_OF_TODAY : MINUTE).format(time);
  }

  /** In UTC with nanoseconds, for programs. */
  public static String rfc3339(long epochNanos) {
    return RFC_3339.format(instant(epochNanos));
  }

  /** How long before now, such as {@code 5m ago}. */
  public static String ago(long epochNanos, long nowEpochNanos) {
    long seconds = Math.floorDiv(nowEpochNanos - epochNanos, SECOND);
    if (seconds < 1) {
      return "now";
    }
    if (seconds < 60) {
      return seconds + "s ago";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m ago";
    }
    return seconds < 2 * 86_400 ? seconds / 3600 + "h ago" : seconds / 86_400 + "d ago";
  }

  private static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, SECOND), Math.floorMod(epochNanos, SECOND));
  }

  private static String threeDigits(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String minutes(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
  }
}
