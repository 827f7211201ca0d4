package dev.engram.collector.query;

import dev.engram.collector.store.Operator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers with their units, as people type them. Pure. */
public final class WhereNumber {
  static final String UNITS = "ns, us, ms, s, m, h, d, B, KB, MB, GB, KiB, MiB or GiB";

  private static final Pattern NUMBER =
      Pattern.compile("(-?[0-9]{1,18}(?:\\.[0-9]{1,18})?)([A-Za-zµ]{0,3})");

  private static final double SECOND = 1e9;
  private static final double KIBIBYTE = 1_024;

  private static final Map<String, Double> DURATIONS =
      Map.ofEntries(
          Map.entry("", 1.0),
          Map.entry("ns", 1.0),
          Map.entry("us", 1e3),
          Map.entry("µs", 1e3),
          Map.entry("ms", 1e6),
          Map.entry("s", SECOND),
          Map.entry("m", 60 * SECOND),
          Map.entry("h", 3_600 * SECOND),
          Map.entry("d", 86_400 * SECOND));

  private static final Map<String, Double> SIZES =
      Map.ofEntries(
          Map.entry("b", 1.0),
          Map.entry("kb", 1e3),
          Map.entry("mb", 1e6),
          Map.entry("gb", 1e9),
          Map.entry("kib", KIBIBYTE),
          Map.entry("mib", KIBIBYTE * KIBIBYTE),
          Map.entry("gib", KIBIBYTE * KIBIBYTE * KIBIBYTE));

  private WhereNumber() {}

  /** Durations in nanoseconds, sizes in bytes, others as they are; null for what is no number. */
  public static @Nullable Double of(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String unit = matcher.group(2);
    Double nanos = DURATIONS.get(unit);
    Double factor = nanos != null ? nanos : SIZES.get(unit.toLowerCase(Locale.ROOT));
    return factor == null ? null : Double.parseDouble(matcher.group(1)) * factor;
  }

  /** Whether the text stands where a number is meant. */
  static boolean isWanted(String field, Operator operator, String text) {
    boolean orders =
        switch (operator) {
          case LESS, AT_MOST, GREATER, AT_LEAST -> true;
          case EQUAL, NOT_EQUAL, CONTAINS -> false;
        };
    boolean digit = text.charAt(0) >= '0' && text.charAt(0) <= '9';
    return field.equals("duration") ? operator != Operator.CONTAINS : orders && digit;
  }
}
