package dev.engram.collector.query;

import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.analysis.solution.Solutions;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.ThrownStack;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The questions people ask of solutions; as {@link Queries}. */
public final class SolutionQueries {
  private final StoreReader reader;
  private final Supplier<List<Solution>> catalogue;

  SolutionQueries(StoreReader reader, Supplier<List<Solution>> catalogue) {
    this.reader = reader;
    this.catalogue = catalogue;
  }

  /** All that is known, the best first. */
  public List<Solution> list() {
    return solutions().all();
  }

  /** Those whose id begins so. */
  public List<Solution> beginning(String id) {
    return solutions().beginning(id);
  }

  /**
   * Those for an error that need not be remembered, the best first.
   *
   * @param fingerprints that it may have
   */
  public List<Solution> against(Collection<Long> fingerprints, ThrownStack thrown) {
    return solutions().against(List.copyOf(fingerprints), thrown);
  }

  Solutions solutions() {
    return Solutions.of(catalogue.get(), reader.knowledge());
  }
}
