package dev.engram.collector.intake;

import dev.engram.agent.record.redaction.Pseudonyms;
import dev.engram.agent.record.redaction.Redaction;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What of a told text may be remembered: the masks that always hold, and those in the home's
 * settings. Texts go under the names that they have when a service tells them, so that what is told
 * here and there is hidden alike, and found alike.
 */
final class ToldRedaction {
  private final Redaction redaction;

  private ToldRedaction(Redaction redaction) {
    this.redaction = redaction;
  }

  /** As the home is configured now. */
  static ToldRedaction of(Path home) throws IOException {
    Properties settings = settings(home.resolve(HomeLayout.SETTINGS));
    return new ToldRedaction(
        new Redaction(
            list(settings, "redact.keys"), list(settings, "redact.allow"), new Pseudonyms("hash")));
  }

  String text(String name, String value) {
    return redaction.text(name, value);
  }

  @Nullable String textIfAny(String name, @Nullable String value) {
    return value == null ? null : text(name, value);
  }

  private static Properties settings(Path file) throws IOException {
    Properties settings = new Properties();
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      TrustedPaths.requireOwnOrRoots(file);
      try (Reader reader = Files.newBufferedReader(file)) {
        settings.load(reader);
      } catch (IllegalArgumentException malformed) {
        throw new IOException(file + " cannot be read: " + malformed.getMessage(), malformed);
      }
    }
    return settings;
  }

  private static List<String> list(Properties settings, String key) {
    String text = settings.getProperty("engram." + key, settings.getProperty(key, ""));
    return Arrays.stream(text.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }
}
