import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints which frameworks the tests have run, in which versions and on which JDKs, from what they
 * noted below {@code target}: {@code java .ci/CoverageReport.java > docs/coverage.md}, after {@code
 * mvn -B verify -Pfull}. Exit code 1 when nothing was noted.
 */
final class CoverageReport {
  private static final Path NOTES = Path.of("integration-tests/target/coverage.jsonl");
  private static final Pattern TEXT = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|(\\d+))");

  /** The last run of one version on one JDK. */
  private record Run(
      String kind, String framework, String version, int jdk, int expected, int stored, Set<String> names) {
    static Run of(String line) {
      Map<String, String> fields = new TreeMap<>();
      Matcher field = TEXT.matcher(line);
      while (field.find()) {
        fields.put(field.group(1), field.group(2) == null ? field.group(3) : field.group(2));
      }
      return new Run(
          fields.get("kind"),
          fields.get("framework"),
          fields.get("version"),
          Integer.parseInt(fields.get("jdk")),
          Integer.parseInt(fields.get("expected")),
          Integer.parseInt(fields.get("stored")),
          split(fields.getOrDefault("names", "")));
    }
  }

  private static Set<String> split(String text) {
    return text.isEmpty() ? Set.of() : new TreeSet<>(List.of(text.split(" ")));
  }

  public static void main(String[] arguments) throws IOException {
    if (!Files.exists(NOTES)) {
      System.err.println(NOTES + " is missing: run mvn -B verify -Pfull first");
      System.exit(1);
    }
    Map<String, Map<String, Map<String, Map<Integer, Run>>>> kinds = new TreeMap<>();
    for (String line : Files.readAllLines(NOTES)) {
      Run run = Run.of(line);
      kinds
          .computeIfAbsent(run.kind(), absent -> new TreeMap<>())
          .computeIfAbsent(run.framework(), absent -> new TreeMap<>())
          .computeIfAbsent(run.version(), absent -> new TreeMap<>())
          .put(run.jdk(), run);
    }
    System.out.println("# What is covered\n");
    System.out.println(
        """
        Each row is a real application on that version, run with the packaged agent and driven by real traffic; a row is here only because every
        assertion about it held. Spans: how many that traffic had to leave, and how many were stored. Where spans are more than links, a second table has
        the attributes and payloads that were found on them, and those that only others of the kind have; of models and workflows
        [ai-and-workflows.md](ai-and-workflows.md) says what they are. What each framework is remembered with, and what deliberately not, says
        [agent/instrumentation/README.md](../agent/instrumentation/README.md#what-is-not-captured-on-purpose).

        Written by `java .ci/CoverageReport.java > docs/coverage.md` after `mvn -B verify -Pfull`.
        """);
    kinds.forEach(CoverageReport::print);
  }

  private static void print(String kind, Map<String, Map<String, Map<Integer, Run>>> frameworks) {
    System.out.println("## " + kind + "\n");
    System.out.println("| framework | version | JDK | spans expected | spans stored |");
    System.out.println("|---|---|---|---:|---:|");
    frameworks.forEach(
        (framework, versions) ->
            versions.forEach(
                (version, runs) ->
                    System.out.printf(
                        "| %s | %s | %s | %,d | %,d |%n",
                        framework,
                        version,
                        String.join(", ", new TreeSet<>(runs.keySet()).stream().map(String::valueOf).toList()),
                        runs.values().stream().mapToInt(Run::expected).sum(),
                        runs.values().stream().mapToInt(Run::stored).sum())));
    System.out.println();
    printNames(frameworks);
  }

  /** Of those that noted it: what their spans have, in whatever version, and what only others of the kind have. */
  private static void printNames(Map<String, Map<String, Map<Integer, Run>>> frameworks) {
    Map<String, Set<String>> found = new TreeMap<>();
    Set<String> all = new TreeSet<>();
    frameworks.forEach(
        (framework, versions) -> {
          Set<String> names = new TreeSet<>();
          versions.values().forEach(runs -> runs.values().forEach(run -> names.addAll(run.names())));
          all.addAll(names);
          found.put(framework, names);
        });
    if (all.isEmpty()) {
      return;
    }
    System.out.println("| framework | its spans have | what only others of the table have |");
    System.out.println("|---|---|---|");
    found.forEach(
        (framework, names) -> {
          Set<String> missing = new TreeSet<>(all);
          missing.removeAll(names);
          System.out.printf("| %s | %s | %s |%n", framework, quoted(names), quoted(missing));
        });
    System.out.println();
  }

  private static String quoted(Set<String> names) {
    return String.join(", ", names.stream().map(name -> "`" + name + "`").toList());
  }
}
