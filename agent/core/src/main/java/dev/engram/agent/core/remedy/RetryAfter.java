package dev.engram.agent.core.remedy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date. Pure. */
final class RetryAfter {
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /** How long to wait from now, in milliseconds; 0 where it says nothing that can be read. */
  static long millis(@Nullable String header, Instant now) {
    String text = header == null ? "" : header.strip();
    if (text.isEmpty()) {
      return 0;
    }
    return text.chars().allMatch(Character::isDigit) ? seconds(text) : until(text, now);
  }

  /** More than fits is longer than anybody waits. */
  private static long seconds(String digits) {
    return digits.length() > MOST_DIGITS
        ? Long.MAX_VALUE
        : TimeUnit.SECONDS.toMillis(Long.parseLong(digits));
  }

  private static long until(String date, Instant now) {
    try {
      Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      return Math.max(0, Duration.between(now, then).toMillis());
    } catch (DateTimeException | ArithmeticException none) {
      return 0;
    }
  }
}
