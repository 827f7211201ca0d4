package dev.engram.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One table: a row for each arm, a column for each quantity, and in each cell one value a round.
 * Arms and rounds may be added in any order of arms; the n-th values of all arms belong to round n.
 */
public final class Table {
  private final String title;
  private final String armHeading;
  private final List<Quantity> quantities;
  private final Map<String, List<double[]>> rounds = new LinkedHashMap<>();
  private final List<Goal> goals = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable String baseline;

  /**
   * @param title unique within the report
   * @param armHeading over the column that names the arms
   * @param arms in the order they are printed
   */
  public Table(String title, String armHeading, List<String> arms, List<Quantity> quantities) {
    this.title = title;
    this.armHeading = armHeading;
    this.quantities = List.copyOf(quantities);
    arms.forEach(arm -> rounds.put(arm, new ArrayList<>()));
  }

  /**
   * Adds the next round of an arm.
   *
   * @param values one for each quantity; NaN where it could not be measured
   */
  public void addRound(String arm, double... values) {
    if (values.length != quantities.size()) {
      throw new IllegalArgumentException(values.length + " values for " + quantities);
    }
    of(arm).add(values.clone());
  }

  /** Prints what every other arm adds to this one, round by round. */
  public Table comparedWith(String arm) {
    of(arm);
    baseline = arm;
    return this;
  }

  /** Sets a number to reach beside what was measured. */
  public Table goal(Goal goal) {
    of(goal.arm());
    goals.add(goal);
    return this;
  }

  /** A sentence below the table. */
  public Table note(String sentence) {
    notes.add(sentence);
    return this;
  }

  public String title() {
    return title;
  }

  public String armHeading() {
    return armHeading;
  }

  public List<String> arms() {
    return List.copyOf(rounds.keySet());
  }

  public List<Quantity> quantities() {
    return quantities;
  }

  /** The arm that others are compared with, or null. */
  public @Nullable String baseline() {
    return baseline;
  }

  public List<Goal> goals() {
    return List.copyOf(goals);
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The value of each round, NaN where it is missing. */
  public Rounds rounds(String arm, Quantity quantity) {
    int column = quantities.indexOf(quantity);
    return new Rounds(of(arm).stream().map(values -> values[column]).toList());
  }

  private List<double[]> of(String arm) {
    List<double[]> values = rounds.get(arm);
    if (values == null) {
      throw new IllegalArgumentException("no arm " + arm + " in " + title);
    }
    return values;
  }
}
