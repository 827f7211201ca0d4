package dev.engram.collector.intake;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.TrustedPaths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of one instance could not be stored.
 *
 * @param name of its folder, which is the instance's id; of a file that people told, the file's
 * @param reasons how many records are there for which reason; empty when there are none
 * @param files whole files that were kept, such as a damaged queue
 */
public record Quarantined(String name, Map<String, Long> reasons, List<Path> files) {
  /**
   * All that is in the quarantine of a home, by name.
   *
   * @throws IOException when it cannot be read, or may be somebody else's
   */
  public static List<Quarantined> in(Path home) throws IOException {
    List<Quarantined> all = new ArrayList<>();
    for (Path entry : entries(home.resolve(HomeLayout.QUARANTINE))) {
      all.add(Files.isDirectory(entry) ? folder(entry) : file(entry));
    }
    return all;
  }

  /** Those of a folder by name; none when it is not there. */
  static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      TrustedPaths.requireOwn(folder);
      stream.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
    entries.sort(null);
    return entries;
  }

  private static Quarantined file(Path file) {
    return new Quarantined(file.getFileName().toString(), Map.of(), List.of(file));
  }

  private static Quarantined folder(Path folder) throws IOException {
    Map<String, Long> reasons = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    for (Path entry : entries(folder)) {
      if (entry.endsWith(Quarantine.RECORDS)) {
        count(entry, reasons);
      } else {
        files.add(entry);
      }
    }
    return new Quarantined(folder.getFileName().toString(), reasons, files);
  }

  private static void count(Path records, Map<String, Long> reasons) throws IOException {
    TrustedPaths.requireOwn(records);
    try (BufferedReader lines = reader(records)) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        QuarantinedLine line = QuarantinedLine.parse(text);
        reasons.merge(line == null ? "a damaged line" : line.reason(), 1L, Long::sum);
      }
    }
  }

  /** Of lines in ASCII; any other byte is replaced. */
  static BufferedReader reader(Path records) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            Files.newInputStream(records, LinkOption.NOFOLLOW_LINKS), StandardCharsets.UTF_8));
  }
}
