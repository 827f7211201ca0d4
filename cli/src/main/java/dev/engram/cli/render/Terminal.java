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
 * @param height lines that can be seen at once; unlimited as well
 */
public record Terminal(
    AnswerStream out, PrintStream err, boolean interactive, Style style, int width, int height) {
  private static final int USUAL_WIDTH = 100;
  private static final int SMALLEST_WIDTH = 40;
  private static final int USUAL_HEIGHT = 24;

  /** The process's own streams, in UTF-8. */
  public static Terminal ofProcess(Map<String, String> environment) {
    String output = output();
    boolean interactive = isTerminal(output);
    int[] size = interactive ? size(environment) : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE};
    return new Terminal(
        new AnswerStream(new FileOutputStream(FileDescriptor.out), isPipe(output)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8),
        interactive,
        style(environment, interactive),
        size[1],
        size[0]);
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

  /** What Linux says that output is; empty elsewhere. */
  private static String output() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
    } catch (IOException unknown) {
      return "";
    }
  }

  /** The JDK can only tell whether input and output are both terminals. */
  private static boolean isTerminal(String output) {
    return output.isEmpty()
        ? System.console() != null
        : output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
  }

  private static boolean isPipe(String output) {
    return output.isEmpty()
        ? !Files.isRegularFile(Path.of("/dev/fd/1"))
        : output.startsWith("pipe:") || output.startsWith("socket:");
  }

  /** Lines and columns. */
  private static int[] size(Map<String, String> environment) {
    int[] told = {number(environment, "LINES"), number(environment, "COLUMNS")};
    int[] asked = told[0] > 0 && told[1] > 0 ? told : askedSize();
    int lines = told[0] > 0 ? told[0] : asked[0];
    int columns = told[1] > 0 ? told[1] : asked[1];
    return new int[] {
      lines > 0 ? lines : USUAL_HEIGHT,
      columns > 0 ? Math.max(SMALLEST_WIDTH, columns) : USUAL_WIDTH
    };
  }

  /** 0 when it is none. */
  private static int number(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
  }

  /** What {@code stty} says of the terminal, lines first; 0 when it cannot say. */
  private static int[] askedSize() {
    int[] unknown = new int[2];
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      stty.waitFor(1, TimeUnit.SECONDS);
      String[] both = size.trim().split(" ", 2);
      return both.length == 2
          ? new int[] {Integer.parseInt(both[0]), Integer.parseInt(both[1])}
          : unknown;
    } catch (IOException | NumberFormatException untold) {
      return unknown;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return unknown;
    }
  }
}
