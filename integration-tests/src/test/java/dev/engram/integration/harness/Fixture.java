package dev.engram.integration.harness;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A small application on one version of a framework, compiled with the JDK that runs it. Its
 * sources lie in {@code src/fixtures/java/<sources>}; its main class is {@code com.acme.Main} and
 * prints {@code listening on <port>}.
 *
 * @param framework as people call it
 * @param version of the framework
 * @param sources the folders with its sources; one that ends with {@code -javax} has those of the
 *     folder for {@code jakarta}, under the older names of its packages
 * @param coordinates of what it needs, as {@code group:artifact:version}
 * @param since the oldest JDK it runs on
 * @param release the class files it can read; 0 for those of the JDK that runs it
 */
public record Fixture(
    String framework,
    String version,
    List<String> sources,
    List<String> coordinates,
    int since,
    int release) {
  private static final Map<String, Path> COMPILED = new HashMap<>();

  private static final String JAVAX = "-javax";

  /** As this build has it, in no repository. */
  private static final String API = "dev.engram:engram-api";

  /** An application of one source folder that runs on every JDK. */
  public static Fixture of(
      String framework, String version, String sources, String... coordinates) {
    return new Fixture(framework, version, List.of(sources), List.of(coordinates), 17, 0);
  }

  /** With the sources of another folder too. */
  public Fixture with(String folder) {
    List<String> more = new ArrayList<>(sources);
    more.add(folder);
    return new Fixture(framework, version, List.copyOf(more), coordinates, since, release);
  }

  /** With the agent's API on the class path. */
  public Fixture withApi() {
    List<String> more = new ArrayList<>(coordinates);
    more.add(API);
    return new Fixture(framework, version, sources, List.copyOf(more), since, release);
  }

  /** Only on this JDK and later ones. */
  public Fixture since(int feature) {
    return new Fixture(framework, version, sources, coordinates, feature, release);
  }

  /** With class files of an older release, for frameworks that read them and know no newer ones. */
  public Fixture release(int feature) {
    return new Fixture(framework, version, sources, coordinates, since, feature);
  }

  /** Starts it with the agent on. */
  public Child start(Rig rig, Jdk jdk, String... options) {
    return command(rig, jdk).agent().options(options).arguments("com.acme.Main").start();
  }

  /** Starts it with another agent than the packaged one. */
  public Child start(Rig rig, Jdk jdk, Path agent, String... options) {
    return command(rig, jdk)
        .options("-javaagent:" + agent)
        .options(options)
        .arguments("com.acme.Main")
        .start();
  }

  /** Starts it without the agent. */
  public Child startBare(Rig rig, Jdk jdk, String... options) {
    return command(rig, jdk).options(options).arguments("com.acme.Main").start();
  }

  /** Starts it with the agent on, its main module and all it needs on the module path. */
  public Child startModule(Rig rig, Jdk jdk, String main, String... options) {
    List<Path> libraries = MavenArtifacts.resolve(coordinates);
    String path = classPath(compiled(libraries, jdk), libraries);
    return rig.java(toString(), jdk)
        .agent()
        .options(options)
        .options("--module-path", path)
        .arguments("--module", main)
        .start();
  }

  private JavaCommand command(Rig rig, Jdk jdk) {
    List<Path> libraries = libraries();
    Path classes = compiled(libraries, jdk);
    return rig.java(toString(), jdk).options("-cp", classPath(classes, libraries));
  }

  private List<Path> libraries() {
    List<String> resolved = coordinates.stream().filter(it -> !it.equals(API)).toList();
    List<Path> libraries = new ArrayList<>(MavenArtifacts.resolve(resolved));
    if (resolved.size() < coordinates.size()) {
      libraries.add(Artifacts.api());
    }
    return libraries;
  }

  private Path compiled(List<Path> libraries, Jdk jdk) {
    String name = (sources.get(0) + "-" + version + "-jdk" + jdk.feature()).replace(' ', '-');
    synchronized (COMPILED) {
      return COMPILED.computeIfAbsent(name, absent -> compile(name, libraries, jdk));
    }
  }

  private Path compile(String name, List<Path> libraries, Jdk jdk) {
    try {
      Path classes = Artifacts.made().resolve(name);
      List<String> command = javac(classes, libraries, jdk);
      deleteAll(classes);
      Files.createDirectories(classes);
      Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(javac.getInputStream().readAllBytes());
      if (javac.waitFor() != 0) {
        throw new IllegalStateException(this + " does not compile:\n" + said);
      }
      return classes;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private List<String> javac(Path classes, List<Path> libraries, Jdk jdk) {
    List<String> command =
        new ArrayList<>(List.of(jdk.program("javac"), "-proc:none", "-parameters", "-nowarn"));
    command.addAll(List.of("-d", classes.toString(), "-cp", classPath(classes, libraries)));
    if (release > 0) {
      command.addAll(List.of("--release", String.valueOf(release)));
    }
    sources.forEach(folder -> command.addAll(javaFiles(folder)));
    return command;
  }

  private static List<String> javaFiles(String folder) {
    try {
      return folder.endsWith(JAVAX)
          ? inJavax(folder)
          : in(sources(folder)).map(Path::toString).toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static List<String> inJavax(String folder) throws IOException {
    Path jakarta = sources(folder.replace(JAVAX, "-jakarta"));
    Path javax = Artifacts.made().resolve(folder);
    List<String> translated = new ArrayList<>();
    for (Path file : in(jakarta).toList()) {
      Path target = javax.resolve(jakarta.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.writeString(target, Files.readString(file).replace("jakarta.", "javax."));
      translated.add(target.toString());
    }
    return translated;
  }

  private static Path sources(String folder) {
    return Artifacts.root().resolve("integration-tests/src/fixtures/java").resolve(folder);
  }

  private static Stream<Path> in(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String classPath(Path classes, List<Path> libraries) {
    return Stream.concat(Stream.of(classes), libraries.stream())
        .map(Path::toString)
        .collect(joining(File.pathSeparator));
  }

  @Override
  public String toString() {
    return framework + " " + version;
  }
}
