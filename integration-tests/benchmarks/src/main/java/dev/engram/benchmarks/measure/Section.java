package dev.engram.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/** What one group has to say in the report. */
public final class Section {
  private final String title;
  private final String method;
  private final List<Table> tables = new ArrayList<>();
  private final List<Plot> plots = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /**
   * @param method how it was measured, in a paragraph of Markdown
   */
  public Section(String title, String method) {
    this.title = title;
    this.method = method;
  }

  public Section add(Table table) {
    tables.add(table);
    return this;
  }

  public Section add(Plot plot) {
    plots.add(plot);
    return this;
  }

  /** Says what could not be measured, and why. */
  public Section missing(String sentence) {
    missing.add(sentence);
    return this;
  }

  public String title() {
    return title;
  }

  public String method() {
    return method;
  }

  public List<Table> tables() {
    return List.copyOf(tables);
  }

  public List<Plot> plots() {
    return List.copyOf(plots);
  }

  public List<String> missing() {
    return List.copyOf(missing);
  }
}
