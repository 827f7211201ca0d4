package dev.engram.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** Points in time as people type them. */
final class TimeExpression {
  static final String FORMS = "such as 30m, 2h, 3d, today, yesterday or 2026-01-31T09:30:00Z";

  private TimeExpression() {}

  /**
   * The time this means, or empty when it means none. Without a zone, times are in the clock's
   * zone.
   */
  static Optional<Instant> parse(String text, Clock clock) {
    String word = text.strip();
    try {
      Optional<Duration> ago = TimeLength.parse(word);
      return Optional.of(ago.isPresent() ? clock.instant().minus(ago.get()) : named(word, clock));
    } catch (DateTimeException | ArithmeticException unreadable) {
      return Optional.empty();
    }
  }

  private static Instant named(String word, Clock clock) {
    LocalDate today = LocalDate.now(clock);
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "now" -> clock.instant();
      case "today" -> startOf(today, clock);
      case "yesterday" -> startOf(today.minusDays(1), clock);
      default -> written(word, clock);
    };
  }

  private static Instant written(String word, Clock clock) {
    if (word.length() == 10) {
      return startOf(LocalDate.parse(word), clock);
    }
    String iso = word.replace(' ', 'T').toUpperCase(Locale.ROOT);
    boolean zoned = iso.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})$");
    return zoned
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).atZone(clock.getZone()).toInstant();
  }

  private static Instant startOf(LocalDate day, Clock clock) {
    return day.atStartOfDay(clock.getZone()).toInstant();
  }
}
