package dev.engram.collector.store;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ids whose hex digits begin in one way, as a range of signed numbers, which databases know.
 *
 * @param first inclusive
 * @param last inclusive
 */
public record IdRange(long first, long last) {
  private static final int DIGITS = 16;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{0,32}");

  /** Of a trace's id, the range of either half. */
  public record OfTrace(IdRange high, IdRange low) {}

  /** Ids of 16 digits; empty when the text can be the beginning of none. */
  public static Optional<IdRange> of(String prefix) {
    return isHex(prefix) && prefix.length() <= DIGITS
        ? Optional.of(ofDigits(prefix))
        : Optional.empty();
  }

  /** The same of 32 digits. */
  public static Optional<OfTrace> ofTrace(String prefix) {
    if (!isHex(prefix)) {
      return Optional.empty();
    }
    int half = Math.min(DIGITS, prefix.length());
    return Optional.of(
        new OfTrace(ofDigits(prefix.substring(0, half)), ofDigits(prefix.substring(half))));
  }

  private static boolean isHex(String prefix) {
    return HEX.matcher(prefix).matches();
  }

  private static IdRange ofDigits(String prefix) {
    return prefix.isEmpty()
        ? new IdRange(Long.MIN_VALUE, Long.MAX_VALUE)
        : new IdRange(padded(prefix, "0"), padded(prefix, "f"));
  }

  private static long padded(String prefix, String digit) {
    return Long.parseUnsignedLong(prefix + digit.repeat(DIGITS - prefix.length()), 16);
  }
}
