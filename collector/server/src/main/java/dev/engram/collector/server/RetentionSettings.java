package dev.engram.collector.server;

import dev.engram.collector.store.Retention;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a memory keeps, as its surroundings say: {@code engram.retention.age}, {@code
 * engram.retention.lasting-age}, {@code engram.retention.rollup-age} and {@code
 * engram.retention.max-bytes}, each as a system property, else as an environment variable, else in
 * the home's {@code engram.properties}.
 */
public final class RetentionSettings {
  static final String AGE = "retention.age";
  static final String LASTING_AGE = "retention.lasting-age";
  static final String ROLLUP_AGE = "retention.rollup-age";
  static final String MAX_BYTES = "retention.max-bytes";

  /** As long as services recall: what was decided longer ago counts no more. */
  private static final Duration USUAL_AGE = Duration.ofDays(30);

  /** Errors of one release are compared with those of the ones before. */
  private static final Duration USUAL_LASTING_AGE = Duration.ofDays(180);

  /** Five years. */
  private static final Duration USUAL_ROLLUP_AGE = Duration.ofDays(1_826);

  private static final long USUAL_MAX_BYTES = 10L << 30;

  /** As the agent reads it; times of epoch nanoseconds reach not much further. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final String FILE = "engram.properties";
  private static final String AT_MOST = "expected 36500d at most; 0d keeps everything";
  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,15}) ?([a-z]*)");

  private RetentionSettings() {}

  /**
   * Those that hold for this home.
   *
   * @throws HomeException when one of them cannot be read
   */
  public static Retention of(Home home, Map<String, String> environment) {
    Properties file = file(home.folder().resolve(FILE));
    return new Retention(
        said(AGE, environment, file, RetentionSettings::age, USUAL_AGE),
        said(LASTING_AGE, environment, file, RetentionSettings::age, USUAL_LASTING_AGE),
        said(ROLLUP_AGE, environment, file, RetentionSettings::age, USUAL_ROLLUP_AGE),
        said(MAX_BYTES, environment, file, RetentionSettings::bytes, USUAL_MAX_BYTES));
  }

  /**
   * Such as {@code 14d}, {@code 12h} or {@code 2w}.
   *
   * @throws IllegalArgumentException whose message says what is accepted
   */
  public static Duration age(String text) {
    Matcher age = matched(text, "expected a number with s, m, h, d or w, such as 14d");
    long count = Long.parseLong(age.group(1));
    try {
      return requireShort(length(count, age.group(2)));
    } catch (ArithmeticException tooLong) {
      throw new IllegalArgumentException(AT_MOST, tooLong);
    }
  }

  private static Duration requireShort(Duration age) {
    if (age.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(AT_MOST);
    }
    return age;
  }

  private static Duration length(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      case "w" -> Duration.ofDays(Math.multiplyExact(count, 7));
      default ->
          throw new IllegalArgumentException("expected a number with s, m, h, d or w, such as 14d");
    };
  }

  /**
   * Such as {@code 10GiB}, {@code 500MB} or a number of bytes.
   *
   * @throws IllegalArgumentException whose message says what is accepted
   */
  public static long bytes(String text) {
    String expected = "expected bytes, or a number with KiB, MiB or GiB, such as 10GiB";
    Matcher size = matched(text, expected);
    int shift =
        switch (size.group(2)) {
          case "", "b" -> 0;
          case "k", "kb", "kib" -> 10;
          case "m", "mb", "mib" -> 20;
          case "g", "gb", "gib" -> 30;
          case "t", "tb", "tib" -> 40;
          default -> throw new IllegalArgumentException(expected);
        };
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << shift);
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException("expected a smaller size", tooLarge);
    }
  }

  private static Matcher matched(String text, String expected) {
    Matcher matcher = NUMBER.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(expected);
    }
    return matcher;
  }

  private static <T> T said(
      String key,
      Map<String, String> environment,
      Properties file,
      Function<String, T> read,
      T usual) {
    String property = "engram." + key;
    String variable = property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    String said = System.getProperty(property);
    if (said == null) {
      said = environment.get(variable);
    }
    if (said == null) {
      said = file.getProperty(key, file.getProperty(property));
    }
    try {
      return said == null ? usual : read.apply(said);
    } catch (IllegalArgumentException bad) {
      throw new HomeException(property + "=" + said + ": " + bad.getMessage(), bad);
    }
  }

  private static Properties file(Path file) {
    Properties said = new Properties();
    if (Files.isRegularFile(file)) {
      try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        said.load(text);
      } catch (IOException | IllegalArgumentException unreadable) {
        throw new HomeException(
            "cannot read the settings in " + file + " (" + unreadable + "): mend it", unreadable);
      }
    }
    return said;
  }
}
