package dev.engram.integration.healing;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes what the suite has measured into {@code docs/healing.md}. */
final class FaultReport {
  private static final String BEGIN = "<!-- the suite writes from here -->\n";
  private static final String END = "<!-- to here -->\n";

  private final List<Row> rows = new ArrayList<>();
  private final List<String> sentences = new ArrayList<>();

  /**
   * One kind.
   *
   * @param failing events whose request failed with {@code heal=off}
   * @param resolved of which so many succeeded with {@code heal=auto}
   * @param learnt of those that failed, those that began once the remedies for the kind were active
   * @param learntResolved of which so many succeeded
   * @param masked episodes that were answered with something else, of the remedies for the kind
   * @param untilActive from the first of those that failed until the last remedy was active; null
   *     where none became so
   * @param before how often the other service was asked for each request with {@code heal=off}; 0
   *     where nobody counts
   * @param amplification the same with {@code heal=auto}
   * @param p99Before of the time that an event's request took with {@code heal=off}
   * @param p99 the same with {@code heal=auto}
   */
  record Row(
      String fault,
      int events,
      long failing,
      long resolved,
      long learnt,
      long learntResolved,
      long masked,
      @Nullable Duration untilActive,
      double before,
      double amplification,
      Duration p99Before,
      Duration p99) {}

  void add(Row row) {
    rows.add(row);
  }

  /** Something else that was found. */
  void say(String format, Object... values) {
    sentences.add(String.format(Locale.ROOT, format, values));
  }

  List<Row> rows() {
    return rows;
  }

  /** Between two marks, which must be there. */
  void write(Jdk jdk, int events) throws IOException {
    Path document = Artifacts.root().resolve("docs/healing.md");
    String text = Files.readString(document);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (begin < BEGIN.length() || end < begin) {
      throw new IOException(document + " needs the lines " + BEGIN + "and " + END);
    }
    Files.writeString(document, text.substring(0, begin) + text(jdk, events) + text.substring(end));
  }

  /** What {@link #write} writes. */
  String text(Jdk jdk, int events) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%d events of each kind, seed %d, JDK %s, two cores.%n%n",
            events,
            Schedule.SEED,
            jdk.version()));
    table.append(
        "| fault | failed with `off` | resolved, learning included | 95% | once learnt | 95% |"
            + " masked |");
    table.append(" active after | asked | p99 |\n|---|---|---|---|---|---|---|---|---|---|\n");
    rows.forEach(row -> line(table, row.fault(), row));
    line(table, "**all**", total());
    table.append('\n');
    sentences.forEach(sentence -> table.append("- ").append(sentence).append('\n'));
    return table.toString();
  }

  private Row total() {
    return new Row(
        "",
        rows.stream().mapToInt(Row::events).sum(),
        rows.stream().mapToLong(Row::failing).sum(),
        rows.stream().mapToLong(Row::resolved).sum(),
        rows.stream().mapToLong(Row::learnt).sum(),
        rows.stream().mapToLong(Row::learntResolved).sum(),
        rows.stream().mapToLong(Row::masked).sum(),
        null,
        0,
        0,
        Duration.ZERO,
        Duration.ZERO);
  }

  private static void line(StringBuilder table, String name, Row row) {
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %d of %d | %d of %d | %s | %s | %s | %d | %s | %s | %s |%n",
            name,
            row.failing(),
            row.events(),
            row.resolved(),
            row.failing(),
            row.failing() == 0 ? "-" : interval(row.resolved(), row.failing()),
            row.learnt() == 0 ? "never active" : row.learntResolved() + " of " + row.learnt(),
            row.learnt() == 0 ? "-" : interval(row.learntResolved(), row.learnt()),
            row.masked(),
            row.untilActive() == null ? "-" : row.untilActive().toSeconds() + " s",
            row.amplification() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.2f, %.2f", row.before(), row.amplification()),
            row.p99().isZero()
                ? "-"
                : row.p99Before().toMillis() + ", " + row.p99().toMillis() + " ms"));
  }

  /** Wilson's, of a share. */
  private static String interval(long count, long of) {
    double z = 1.96;
    double share = (double) count / of;
    double middle = (share + z * z / (2 * of)) / (1 + z * z / of);
    double half =
        z * Math.sqrt(share * (1 - share) / of + z * z / (4.0 * of * of)) / (1 + z * z / of);
    return String.format(
        Locale.ROOT, "%.0f-%.0f%%", 100 * Math.max(0, middle - half), 100 * (middle + half));
  }
}
