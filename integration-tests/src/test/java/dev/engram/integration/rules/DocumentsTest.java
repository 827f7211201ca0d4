package dev.engram.integration.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name is there. */
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");

  /** A test in code font. */
  private static final Pattern TEST =
      Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z0-9](?:Test|IT|Contract))`");

  /** A path of this tree in code font: it begins with a top-level name. */
  private static final Pattern PATH =
      Pattern.compile(
          "`((?:agent|collector|cli|integration-tests|docs|\\.ci)/[A-Za-z0-9_./-]*[A-Za-z0-9_/-])`");

  @Test
  void documents_areThere() {
    assertThat(documents())
        .extracting(file -> Artifacts.root().relativize(file).toString())
        .contains(
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "docs/walk.md",
            "docs/safety.md",
            "docs/record-format.md",
            "docs/configuration.md",
            "docs/decisions/README.md",
            "docs/guides/README.md");
  }

  @Test
  void links_leadSomewhere() throws IOException {
    for (Path document : documents()) {
      for (String link : found(LINK, document)) {
        assertThat(document.resolveSibling(link)).as("link in " + document).exists();
      }
    }
  }

  @Test
  void merges_areComplete() throws IOException {
    for (Path document : documents()) {
      assertThat(Files.readAllLines(document))
          .as("%s", document)
          .noneMatch(line -> line.startsWith("<<<<<<< ") || line.startsWith(">>>>>>> "));
    }
  }

  @Test
  void paths_exist() throws IOException {
    for (Path document : documents()) {
      for (String path : found(PATH, document)) {
        if (!path.contains("/target/")) {
          assertThat(Artifacts.root().resolve(path)).as("path in " + document).exists();
        }
      }
    }
  }

  @Test
  void testsThatAreNamed_exist() throws IOException {
    Set<String> sources = sources();
    for (Path document : documents()) {
      assertThat(sources).as("tests in " + document).containsAll(found(TEST, document));
    }
  }

  @Test
  void javaInTheReadme_compilesAgainstTheApi(@TempDir Path folder) throws IOException {
    List<String> snippets = found(JAVA, Artifacts.root().resolve("README.md"));
    assertThat(snippets).isNotEmpty();
    for (String snippet : snippets) {
      Path source = Files.writeString(folder.resolve("Snippet.java"), snippet);
      assertThat(compile(source, folder)).as(snippet).isZero();
    }
  }

  /** They write pages, and no build compiles them before that. */
  @Test
  void reports_compile(@TempDir Path folder) throws IOException {
    try (Stream<Path> files = Files.list(Artifacts.root().resolve(".ci"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .hasSizeGreaterThan(1)
          .allSatisfy(source -> assertThat(compile(source, folder)).isZero());
    }
  }

  /** 0 when it compiles. */
  private static int compile(Path source, Path folder) {
    return ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            null,
            null,
            "-cp",
            Artifacts.root().resolve("agent/api/target/classes").toString(),
            "-d",
            folder.toString(),
            source.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/decisions", "docs/guides"})
  void pages_areAllInTheIndexOfTheirFolder(String pages) throws IOException {
    Path folder = Artifacts.root().resolve(pages);
    String index = Files.readString(folder.resolve("README.md"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.equals("README.md"))
          .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
    }
  }

  /** Names of classes, generated ones included. */
  private static Set<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Artifacts.root())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  private static List<String> found(Pattern pattern, Path document) throws IOException {
    return pattern
        .matcher(Files.readString(document))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static List<Path> documents() {
    List<Path> documents = new ArrayList<>();
    for (Path folder : Stream.concat(Stream.of(Artifacts.root()), folders()).toList()) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      } catch (IOException unreadable) {
        throw new AssertionError(unreadable);
      }
    }
    return documents;
  }

  private static Stream<Path> folders() {
    return Stream.of(
            "docs",
            "docs/decisions",
            "docs/guides",
            "docs/reports",
            "agent",
            "agent/instrumentation",
            "collector",
            "collector/store")
        .map(Artifacts.root()::resolve)
        .filter(Files::isDirectory);
  }
}
