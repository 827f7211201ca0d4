package dev.engram.agent.core.program;

import dev.engram.agent.record.InAppFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What is deployed, as the build left it beside the program: {@code Implementation-Version} of the
 * jar, or what was a jar, that has the main class, {@code META-INF/build-info.properties} (Spring
 * Boot's build plugins) and {@code git.properties} (the git commit id plugins), at last the jar's
 * name. Immutable.
 *
 * @param version empty when nothing tells
 * @param revision of the source, such as a commit id; empty when nothing tells
 */
public record DeployIdentity(String version, String revision) {
  private static final int MAX_LENGTH = 256;

  /** Reads files; whatever cannot be read tells nothing. */
  public static DeployIdentity of(LaunchedProgram program, String classPath) {
    ProgramPlace place = ProgramPlace.of(program, classPath);
    List<ProgramPlace> places = new ArrayList<>(List.of(place));
    // Builds of images put resources into a folder beside that of the classes.
    places.addAll(ProgramPlace.folders(classPath));
    Properties build = properties(places, "META-INF/build-info.properties");
    Properties git = properties(places, "git.properties");
    boolean isServers = isServers(program);
    return new DeployIdentity(
        first(
            isServers ? "" : place.manifest("Implementation-Version"),
            build.getProperty("build.version"),
            git.getProperty("git.build.version"),
            isServers ? "" : JarName.of(place.file().getName()).version()),
        first(
            git.getProperty("git.commit.id.abbrev"),
            git.getProperty("git.commit.id"),
            git.getProperty("git.commit.id.full")));
  }

  /** Whether the main class is a library's, such as Tomcat's, whose jar has its own version. */
  private static boolean isServers(LaunchedProgram program) {
    return !program.isJar()
        && !program.isSpringBootLauncher()
        && !InAppFrames.of(List.of()).isInApp(program.main());
  }

  private static Properties properties(List<ProgramPlace> places, String name) {
    return places.stream()
        .map(place -> place.properties(name))
        .filter(properties -> !properties.isEmpty())
        .findFirst()
        .orElseGet(Properties::new);
  }

  private static String first(@Nullable String... candidates) {
    for (@Nullable String candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        String text = candidate.strip();
        return text.substring(0, Math.min(text.length(), MAX_LENGTH));
      }
    }
    return "";
  }
}
