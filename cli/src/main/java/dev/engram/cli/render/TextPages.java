package dev.engram.cli.render;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;

/** Pages as lines of text. */
final class TextPages<T> implements ExportPages<T> {
  private final PrintStream out;
  private final Function<List<T>, String> lines;

  /**
   * Prints the heading.
   *
   * @param lines each with its line end
   */
  TextPages(PrintStream out, String heading, Function<List<T>, String> lines) {
    this.out = out;
    this.lines = lines;
    out.print(heading);
  }

  @Override
  public void write(List<T> page) {
    out.print(lines.apply(page));
  }

  @Override
  public void end() {}
}
