package dev.engram.benchmarks.measure;

import dev.engram.benchmarks.machine.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What all groups of one run go by.
 *
 * @param root the checkout, whose packaged jars are measured
 * @param jdks the JDKs to measure on, oldest first; never empty
 * @param rounds how often every arm is measured
 * @param quick whether this is a smoke run, whose figures mean nothing
 * @param work an empty folder for files of the run, removed afterwards
 * @param order draws the order of the arms
 */
public record Plan(Path root, List<Jdk> jdks, int rounds, boolean quick, Path work, Random order) {

  /** The arms of one round in a random order, so that none is always the first. */
  public <T> List<T> shuffled(List<T> arms) {
    List<T> drawn = new ArrayList<>(arms);
    Collections.shuffle(drawn, order);
    return drawn;
  }

  /** Says on the console what is being measured. */
  public void progress(String what) {
    System.out.println(what);
  }
}
