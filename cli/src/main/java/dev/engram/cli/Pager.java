package dev.engram.cli;

import dev.engram.cli.render.AnswerStream;
import dev.engram.cli.render.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows a long answer a screen at a time, where a person's terminal shows it: by what {@code PAGER}
 * says, or by {@code less}. What is said besides follows when that has ended. For the main thread.
 */
final class Pager implements AutoCloseable {
  /** Commands whose answers are one text, rather than so many rows as were asked for. */
  private static final Set<String> LONG = Set.of("show", "timeline", "search", "similar", "help");

  private static final Set<String> LONG_BELOW =
      Set.of(
          "ai show",
          "decisions show",
          "errors show",
          "insights show",
          "remedies explain",
          "solutions show");

  /** Ends at once what fits the screen, keeps colours, and leaves what was read on the screen. */
  private static final String LESS = "FRX";

  /** What cannot be started, the shell ends with 126 or 127, and has read nothing. */
  private static final String UNPAGED = "\ncase $? in 126|127) exec cat ;; esac";

  private final Terminal terminal;
  private final @Nullable Process process;
  private final Terminal paged;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** After Ctrl-C what has been answered can still be read. */
  private final Thread onExit = new Thread(this::await, "engram-pager");

  private Pager(Terminal terminal, @Nullable Process process) {
    this.terminal = terminal;
    this.process = process;
    this.paged =
        process == null
            ? terminal
            : new Terminal(
                new AnswerStream(process.getOutputStream(), true),
                new PrintStream(said, true, StandardCharsets.UTF_8),
                true,
                terminal.style(),
                terminal.width(),
                terminal.height());
    if (process != null) {
      Runtime.getRuntime().addShutdownHook(onExit);
    }
  }

  /** One that pages nothing where the arguments ask for no long answer, or nobody watches. */
  static Pager of(Terminal terminal, Map<String, String> environment, String... arguments) {
    String command = command(environment);
    boolean wanted = terminal.interactive() && isLong(arguments) && !command.isBlank();
    return new Pager(
        terminal, wanted ? start(command, environment.getOrDefault("LESS", "")) : null);
  }

  private static boolean isLong(String... arguments) {
    List<String> words = Arrays.stream(arguments).filter(word -> !word.startsWith("-")).toList();
    return !words.isEmpty() && LONG.contains(words.get(0))
        || words.size() > 1 && LONG_BELOW.contains(words.get(0) + ' ' + words.get(1));
  }

  /** Blank for none. */
  private static String command(Map<String, String> environment) {
    if ("dumb".equals(environment.get("TERM"))) {
      return "";
    }
    String asked = environment.get("PAGER");
    if (asked != null) {
      return asked.equals("cat") ? "" : asked;
    }
    boolean there =
        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "less")));
    return there ? "less" : "";
  }

  /**
   * Null where there is no shell.
   *
   * @param own options of {@code less} that a person has; they come last, and so count where they
   *     contradict
   */
  private static @Nullable Process start(String command, String own) {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command + UNPAGED)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("LESS", (LESS + ' ' + own).strip());
    try {
      return builder.start();
    } catch (IOException noShell) {
      return null;
    }
  }

  /** Where to answer. */
  Terminal terminal() {
    return paged;
  }

  /** Returns when the answer has been read. */
  @Override
  public void close() {
    if (process != null) {
      await();
      leaveHook();
    }
  }

  private void leaveHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException ending) {
      // Whoever interrupts the pager ends this program too: the hook is running.
    }
  }

  private synchronized void await() {
    paged.out().close();
    try {
      if (process != null) {
        process.waitFor();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    terminal.err().print(said.toString(StandardCharsets.UTF_8));
    terminal.err().flush();
    said.reset();
  }
}
