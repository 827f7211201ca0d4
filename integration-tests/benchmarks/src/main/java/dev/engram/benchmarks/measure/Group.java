package dev.engram.benchmarks.measure;

/** Measurements that belong together and are run, or left out, together. */
public interface Group {
  /** What {@code --group} calls it. */
  String name();

  /**
   * Measures. What cannot be measured is said in the section rather than thrown, when the rest of
   * the group can go on.
   *
   * @throws Exception when nothing of the group could be measured; the report then says why
   */
  Section measure(Plan plan) throws Exception;
}
