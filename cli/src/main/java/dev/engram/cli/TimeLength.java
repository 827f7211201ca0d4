package dev.engram.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as people type them, such as {@code 30s}, {@code 5m}, {@code 2h} or {@code 1w}.
 */
public final class TimeLength {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(s|m|h|d|w)");

  /** Nanoseconds reach not much further than 292 years. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private TimeLength() {}

  /** The length this means, 100 years at most; empty when it means none. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration length = length(Long.parseLong(matcher.group(1)), matcher.group(2));
    return Optional.of(length.compareTo(LONGEST) > 0 ? LONGEST : length);
  }

  private static Duration length(long count, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }
}
