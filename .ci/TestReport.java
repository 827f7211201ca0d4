import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints what the last run of the tests left below {@code target} as one page: {@code java
 * .ci/TestReport.java "mvn -B verify -Pfull" > docs/reports/full-tier.md}. The argument says what
 * was run. Exit code 1 when a test failed or none ran.
 */
final class TestReport {
  private record TestClass(
      String module, String name, int tests, int failed, int skipped, double seconds) {}

  private static final List<String> SKIPPED = new ArrayList<>();

  public static void main(String[] arguments) throws Exception {
    List<TestClass> classes = new ArrayList<>();
    for (Path file : reports()) {
      classes.add(read(file));
    }
    int failed = classes.stream().mapToInt(TestClass::failed).sum();
    System.out.printf("# The last run of `%s`%n%n", arguments[0]);
    printSurroundings();
    printModules(classes);
    printSkipped();
    printClasses(classes);
    System.exit(failed == 0 && !classes.isEmpty() ? 0 : 1);
  }

  private static List<Path> reports() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(""), 6)) {
      return files
          .filter(file -> file.toString().matches(".*target/(surefire|failsafe)-reports/TEST-.*xml"))
          .sorted()
          .toList();
    }
  }

  private static TestClass read(Path file) throws Exception {
    Element suite =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    NodeList skipped = suite.getElementsByTagName("skipped");
    for (int i = 0; i < skipped.getLength(); i++) {
      Element test = (Element) skipped.item(i).getParentNode();
      String reason = ((Element) skipped.item(i)).getAttribute("message");
      SKIPPED.add(simple(suite.getAttribute("name")) + "." + test.getAttribute("name") + ": " + reason);
    }
    return new TestClass(
        file.toString().replaceFirst("/target/.*", ""),
        simple(suite.getAttribute("name")),
        number(suite, "tests"),
        number(suite, "failures") + number(suite, "errors"),
        number(suite, "skipped"),
        Double.parseDouble(suite.getAttribute("time").replace(",", "")));
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static int number(Element suite, String attribute) {
    return Integer.parseInt(suite.getAttribute(attribute));
  }

  private static void printSurroundings() throws Exception {
    System.out.printf("- finished: %s%n", Instant.now().truncatedTo(ChronoUnit.MINUTES));
    System.out.printf("- commit: %s%n", output("git", "rev-parse", "--short", "HEAD"));
    System.out.printf(
        "- machine: %s, %d cores, %s %s%n",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version").replaceFirst("-.*", ""));
    System.out.printf("- memory: %d GiB%n", memory() >> 30);
    System.out.printf(
        "- Maven's JVM: %s; the scenarios run on JDK 17 and 25%n%n", System.getProperty("java.version"));
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes()).strip();
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.exists(file)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst(".*: ", ""))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  private static long memory() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  private static void printModules(List<TestClass> classes) {
    Map<String, List<TestClass>> modules = new TreeMap<>();
    classes.forEach(it -> modules.computeIfAbsent(it.module(), any -> new ArrayList<>()).add(it));
    System.out.println("| module | tests | failed | skipped | seconds |");
    System.out.println("|---|---:|---:|---:|---:|");
    modules.forEach((module, rows) -> printSum(module, rows));
    printSum("**all**", classes);
    System.out.println();
  }

  private static void printSum(String name, List<TestClass> rows) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %d | %.0f |%n",
        name,
        rows.stream().mapToInt(TestClass::tests).sum(),
        rows.stream().mapToInt(TestClass::failed).sum(),
        rows.stream().mapToInt(TestClass::skipped).sum(),
        rows.stream().mapToDouble(TestClass::seconds).sum());
  }

  private static void printSkipped() {
    System.out.println("## Skipped\n");
    if (SKIPPED.isEmpty()) {
      System.out.println("Nothing.");
    }
    SKIPPED.forEach(it -> System.out.println("- " + it));
  }

  private static void printClasses(List<TestClass> classes) {
    System.out.println("\n## Classes\n\n| class | tests | failed | skipped | seconds |");
    System.out.println("|---|---:|---:|---:|---:|");
    for (TestClass it : classes) {
      System.out.printf(
          Locale.ROOT,
          "| %s %s | %d | %d | %d | %.1f |%n",
          it.module().replace(File.separatorChar, '/'),
          it.name(),
          it.tests(),
          it.failed(),
          it.skipped(),
          it.seconds());
    }
  }
}
