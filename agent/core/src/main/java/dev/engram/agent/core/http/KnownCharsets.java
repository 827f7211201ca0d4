package dev.engram.agent.core.http;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The charsets in common use, by each of their names. Asking the JDK for a name that it does not
 * know makes it search the class path, which no caller of the service may cause. Immutable.
 */
final class KnownCharsets {
  private static final List<String> COMMON =
      List.of(
          "UTF-8",
          "US-ASCII",
          "ISO-8859-1",
          "UTF-16",
          "UTF-16BE",
          "UTF-16LE",
          "ISO-8859-2",
          "ISO-8859-15",
          "windows-1250",
          "windows-1251",
          "windows-1252",
          "KOI8-R",
          "Shift_JIS",
          "windows-31j",
          "EUC-JP",
          "GBK",
          "GB18030",
          "Big5",
          "EUC-KR");

  private static final Map<String, Charset> BY_NAME = byName();

  private KnownCharsets() {}

  /** Null when it is none of them. */
  static @Nullable Charset find(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  private static Map<String, Charset> byName() {
    Map<String, Charset> byName = new HashMap<>();
    for (String name : COMMON) {
      // A run-time image may lack those of jdk.charsets.
      if (Charset.isSupported(name)) {
        Charset charset = Charset.forName(name);
        charset.aliases().forEach(alias -> byName.put(alias.toLowerCase(Locale.ROOT), charset));
        byName.put(name.toLowerCase(Locale.ROOT), charset);
      }
    }
    return Map.copyOf(byName);
  }
}
