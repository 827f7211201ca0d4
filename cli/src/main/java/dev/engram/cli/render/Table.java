package dev.engram.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Rows under headings. On a terminal it fits the width by cutting its flexible columns; piped, it
 * keeps every character.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int SMALLEST_FLEXIBLE = 12;

  /** How a column is laid out. */
  public enum Layout {
    LEFT,
    RIGHT,
    /** Left, and the first to be cut where the line is too long. */
    FLEXIBLE
  }

  private record Column(String heading, Layout layout) {}

  /**
   * One field.
   *
   * @param text safe to show
   * @param paint puts colours around the finished cell
   */
  public record Cell(String text, UnaryOperator<String> paint) {
    /** A cell of captured or other text. */
    public static Cell of(String text) {
      return new Cell(SafeText.of(text), UnaryOperator.identity());
    }

    public static Cell of(String text, UnaryOperator<String> paint) {
      return new Cell(SafeText.of(text), paint);
    }
  }

  private final List<Column> columns = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table column(String heading, Layout layout) {
    columns.add(new Column(heading, layout));
    return this;
  }

  /** One cell a column, in their order. */
  public Table row(Cell... cells) {
    rows.add(List.of(cells));
    return this;
  }

  public void print(Terminal terminal) {
    int[] widths = fitted(terminal.width());
    List<Cell> headings = new ArrayList<>();
    columns.forEach(column -> headings.add(Cell.of(column.heading(), terminal.style()::bold)));
    terminal.out().println(line(headings, widths));
    rows.forEach(row -> terminal.out().println(line(row, widths)));
  }

  private int[] fitted(int width) {
    int[] widths = natural();
    while (true) {
      int total = GAP.length() * (widths.length - 1);
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        total += widths[i];
        if (columns.get(i).layout() == Layout.FLEXIBLE
            && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (total <= width || widest < 0 || widths[widest] <= SMALLEST_FLEXIBLE) {
        return widths;
      }
      widths[widest]--;
    }
  }

  private int[] natural() {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = DisplayWidth.of(columns.get(i).heading());
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i).text()));
      }
    }
    return widths;
  }

  private String line(List<Cell> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String text = DisplayWidth.cut(cells.get(i).text(), widths[i]);
      String padding = " ".repeat(widths[i] - DisplayWidth.of(text));
      String painted = cells.get(i).paint().apply(text);
      boolean last = i == widths.length - 1;
      line.append(i == 0 ? "" : GAP);
      line.append(
          columns.get(i).layout() == Layout.RIGHT
              ? padding + painted
              : painted + (last ? "" : padding));
    }
    return line.toString().stripTrailing();
  }
}
