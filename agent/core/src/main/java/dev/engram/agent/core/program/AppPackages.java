package dev.engram.agent.core.program;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.record.InAppFrames;
import java.util.List;

/** Which packages are the application's: as configured, or as the main class lets guess. */
public final class AppPackages {
  private AppPackages() {}

  /** Never null; empty when nothing tells. */
  public static List<String> of(Configuration configuration) {
    List<String> configured = configuration.list(Settings.APP_PACKAGES);
    return configured.isEmpty()
        ? guess(
            LaunchedProgram.of(System.getProperties()), System.getProperty("java.class.path", ""))
        : configured;
  }

  /**
   * The first two parts of the main class's package, {@code com.acme} of {@code
   * com.acme.shop.Main}: what a company writes lies below them. Nothing where they belong to a
   * library, such as a launcher's, or where there is no package.
   */
  static List<String> guess(LaunchedProgram program, String classPath) {
    boolean isArchive = program.isJar() || program.isSpringBootLauncher();
    String main = isArchive ? mainClass(ProgramPlace.of(program, classPath)) : program.main();
    int first = main.indexOf('.');
    int second = main.indexOf('.', first + 1);
    if (first < 0) {
      return List.of();
    }
    String guess = main.substring(0, second < 0 ? first : second);
    return InAppFrames.of(List.of()).isInApp(guess + '.') ? List.of(guess) : List.of();
  }

  /**
   * Spring Boot's launcher is the main class of its jars, which name the application's beside it.
   */
  private static String mainClass(ProgramPlace archive) {
    String start = archive.manifest("Start-Class");
    return start.isEmpty() ? archive.manifest("Main-Class") : start;
  }
}
