package dev.engram.cli.render;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where output goes.
 *
 * @param out answers
 * @param err talk: hints and errors
 * @param interactive whether a person's terminal shows {@code out}
 * @param width cells a line may take; unlimited when nothing limits it
 */
public record Terminal(
    PrintStream out, PrintStream err, boolean interactive, Style style, int width) {
  private static final int USUAL_WIDTH = 100;
  private static final int SMALLEST_WIDTH = 40;

  /** The process's own streams, in UTF-8. */
  public static Terminal ofProcess(Map<String, String> environment) {
    boolean interactive = isTerminal();
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        interactive,
        style(environment, interactive),
        interactive ? width(environment) : Integer.MAX_VALUE);
  }

  /** Whether nobody reads {@code out} any more, as after {@code | head}. */
  public boolean isClosed() {
    return out.checkError();
  }

  static Style style(Map<String, String> environment, boolean interactive) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return Style.PLAIN;
    }
    String force = environment.getOrDefault("CLICOLOR_FORCE", "0");
    boolean able = interactive && !"dumb".equals(environment.get("TERM"));
    return able || !(force.isEmpty() || force.equals("0")) ? Style.COLOUR : Style.PLAIN;
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /** The JDK can only tell whether input and output are both terminals; Linux tells of output. */
  private static boolean isTerminal() {
    Path output = Path.of("/proc/self/fd/1");
    if (!Files.exists(output)) {
      return System.console() != null;
    }
    try {
      String target = Files.readSymbolicLink(output).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException unreadable) {
      return System.console() != null;
    }
  }

  private static int width(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    int width = columns.matches("[0-9]{1,5}") ? Integer.parseInt(columns) : askedWidth();
    return width <= 0 ? USUAL_WIDTH : Math.max(SMALLEST_WIDTH, width);
  }

  /** What {@code stty} says of the terminal; 0 when it cannot say. */
  private static int askedWidth() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      stty.waitFor(1, TimeUnit.SECONDS);
      String[] rowsAndColumns = size.trim().split(" ", 2);
      return rowsAndColumns.length == 2 ? Integer.parseInt(rowsAndColumns[1]) : 0;
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
