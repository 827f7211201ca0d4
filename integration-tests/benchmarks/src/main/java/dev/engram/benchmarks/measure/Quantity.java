package dev.engram.benchmarks.measure;

/**
 * What is measured of each arm: a column of a table.
 *
 * @param unit as it is printed, for example {@code us}
 */
public record Quantity(String name, String unit) {
  @Override
  public String toString() {
    return unit.isEmpty() ? name : name + " (" + unit + ")";
  }
}
