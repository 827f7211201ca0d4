package dev.engram.cli;

import dev.engram.collector.server.Home;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** {@code --home}: which memory. */
public final class HomeOption {
  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "The memory home (ENGRAM_HOME; otherwise ~/.engram).")
  private @Nullable String folder;

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** The home that was asked for; it need not exist. */
  public Home home(Map<String, String> environment) {
    String text = folder != null ? folder : environment.getOrDefault("ENGRAM_HOME", "");
    String asked = text.isEmpty() ? System.getProperty("engram.home", "~/.engram") : text;
    try {
      return new Home(expand(asked).toAbsolutePath().normalize());
    } catch (InvalidPathException invalid) {
      throw new ParameterException(
          command.commandLine(), "--home is no folder name: " + invalid.getMessage(), invalid);
    }
  }

  /**
   * The home that was asked for, for questions only; it need not exist.
   *
   * @throws CommandException when a file is in its place
   * @throws dev.engram.collector.server.HomeException when it may hold what others wrote
   */
  public Home readable(Map<String, String> environment) {
    Home home = home(environment);
    Path nearest = home.folder();
    while (nearest.getParent() != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    if (Files.exists(nearest) && !Files.isDirectory(nearest)) {
      throw new CommandException(nearest + " is no folder; choose another --home");
    }
    return home.refuseOthers();
  }

  /** Where it was said which home; {@code default} where nowhere. */
  public String source(Map<String, String> environment) {
    if (folder != null) {
      return "--home";
    }
    if (!environment.getOrDefault("ENGRAM_HOME", "").isEmpty()) {
      return "environment variable ENGRAM_HOME";
    }
    return System.getProperty("engram.home") == null ? "default" : "system property";
  }

  /** The option as it must be typed again, with a blank before it; empty when it was not given. */
  public String typedAgain() {
    return folder == null ? "" : " --home " + ShellWord.of(folder);
  }

  private static Path expand(String text) {
    String userHome = System.getProperty("user.home", "");
    return text.equals("~") || text.startsWith("~/")
        ? Path.of(userHome + text.substring(1))
        : Path.of(text);
  }
}
