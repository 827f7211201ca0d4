package dev.engram.cli.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Rows under headings. On a terminal it fits the width: flexible columns are cut, and where that is
 * not enough each row goes on in further lines. Piped, it keeps every character.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final String INDENT = "    ";
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
    print(terminal, Integer.MAX_VALUE);
  }

  /** Prints as many rows as have room in so many lines, one at least. */
  void print(Terminal terminal, int mostLines) {
    int[] widths = natural();
    List<List<Integer>> folded = folded(widths, terminal.width());
    for (int i = 0; i < folded.size(); i++) {
      shrink(widths, folded.get(i), terminal.width() - (i == 0 ? 0 : INDENT.length()));
    }
    List<Cell> headings = new ArrayList<>();
    columns.forEach(column -> headings.add(Cell.of(column.heading(), terminal.style()::bold)));
    print(terminal, headings, folded, widths);
    rows.stream()
        .limit(Math.max(1, mostLines / folded.size() - 1))
        .forEach(row -> print(terminal, row, folded, widths));
  }

  private void print(
      Terminal terminal, List<Cell> cells, List<List<Integer>> folded, int[] widths) {
    String indent = "";
    for (List<Integer> together : folded) {
      terminal.out().println((indent + line(cells, together, widths)).stripTrailing());
      indent = INDENT;
    }
  }

  /** The columns that stand on one line together: as many as the width has room for. */
  private List<List<Integer>> folded(int[] widths, int width) {
    List<List<Integer>> folded = new ArrayList<>(List.of(new ArrayList<>()));
    int used = 0;
    for (int i = 0; i < widths.length; i++) {
      int least = isFlexible(i) ? Math.min(widths[i], SMALLEST_FLEXIBLE) : widths[i];
      if (used > 0 && used + GAP.length() + least > width) {
        folded.add(new ArrayList<>());
        used = INDENT.length();
      } else {
        used += used == 0 ? 0 : GAP.length();
      }
      used += least;
      folded.get(folded.size() - 1).add(i);
    }
    return folded;
  }

  /** Cuts the widest flexible column of a line until it fits; any column when there is none. */
  private void shrink(int[] widths, List<Integer> together, int width) {
    int total = GAP.length() * (together.size() - 1);
    for (int i : together) {
      widths[i] = Math.min(widths[i], width);
      total += widths[i];
    }
    for (; total > width; total--) {
      widths[widest(widths, together)]--;
    }
  }

  private int widest(int[] widths, List<Integer> together) {
    return together.stream()
        .max(Comparator.comparing(this::isFlexible).thenComparing(i -> widths[i]))
        .orElseThrow();
  }

  private boolean isFlexible(int column) {
    return columns.get(column).layout() == Layout.FLEXIBLE;
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

  private String line(List<Cell> cells, List<Integer> together, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i : together) {
      String text = DisplayWidth.cut(cells.get(i).text(), widths[i]);
      String padding = " ".repeat(widths[i] - DisplayWidth.of(text));
      String painted = cells.get(i).paint().apply(text);
      boolean last = i == together.get(together.size() - 1);
      line.append(i == together.get(0) ? "" : GAP);
      line.append(
          columns.get(i).layout() == Layout.RIGHT
              ? padding + painted
              : painted + (last ? "" : padding));
    }
    return line.toString();
  }
}
