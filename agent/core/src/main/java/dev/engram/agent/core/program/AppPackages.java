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
   * com.acme.shop.Main}: what a company writes lies below them. Three where libraries lie below two
   * of them, as below {@code io.github}. Nothing where they belong to a library, such as a
   * launcher's, or where there is no package.
   */
  static List<String> guess(LaunchedProgram program, String classPath) {
    boolean isArchive = program.isJar() || program.isSpringBootLauncher();
    String main = isArchive ? mainClass(ProgramPlace.of(program, classPath)) : program.main();
    String two = firstParts(main, 2);
    String guess = isSharedWithALibrary(two) ? firstParts(main, 3) : two;
    boolean isOurs = !isSharedWithALibrary(guess) && InAppFrames.of(List.of()).isInApp(guess + '.');
    return isOurs ? List.of(guess) : List.of();
  }

  /** Of the package; empty where there is none. */
  private static String firstParts(String className, int parts) {
    String[] all = className.split("\\.", -1);
    return String.join(".", List.of(all).subList(0, Math.min(parts, all.length - 1)));
  }

  private static boolean isSharedWithALibrary(String name) {
    return name.isEmpty()
        || InAppFrames.LIBRARY_PREFIXES.stream()
            .anyMatch(library -> library.startsWith(name + '.'));
  }

  /**
   * Spring Boot's launcher is the main class of its jars, which name the application's beside it.
   */
  private static String mainClass(ProgramPlace archive) {
    String start = archive.manifest("Start-Class");
    return start.isEmpty() ? archive.manifest("Main-Class") : start;
  }
}
