package dev.engram.agent.core.config;

/** Writes values of settings the way they are read. Pure. */
final class SettingText {
  private static final String[] SIZE_UNITS = {"GiB", "MiB", "KiB"};
  private static final String[] DURATION_UNITS = {"d", "h", "m", "s"};
  private static final long[] DURATIONS = {86_400_000, 3_600_000, 60_000, 1_000};

  private SettingText() {}

  /** For example {@code 64KiB to 1GiB}. */
  static String bounds(Setting setting) {
    return number(setting, setting.min()) + " to " + number(setting, setting.max());
  }

  private static String number(Setting setting, long value) {
    return switch (setting.type()) {
      case SIZE -> size(value);
      case DURATION -> duration(value);
      case BOOLEAN, INTEGER, TEXT, LIST, CHOICE -> String.valueOf(value);
    };
  }

  private static String size(long bytes) {
    for (int i = 0; i < SIZE_UNITS.length; i++) {
      long unit = 1L << (30 - 10 * i);
      if (bytes >= unit && bytes % unit == 0) {
        return bytes / unit + SIZE_UNITS[i];
      }
    }
    return String.valueOf(bytes);
  }

  private static String duration(long millis) {
    for (int i = 0; i < DURATIONS.length; i++) {
      if (millis >= DURATIONS[i] && millis % DURATIONS[i] == 0) {
        return millis / DURATIONS[i] + DURATION_UNITS[i];
      }
    }
    return millis + "ms";
  }
}
