package dev.engram.collector.analysis.remedy;

import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredDecision;
import java.util.HashMap;
import java.util.Map;

/** The transitions of remedies as they were remembered, as decisions of the collector. */
public final class RemedyTransitions {
  /** What each of these decisions is called. */
  public static final String NAME = "engram.remedy";

  /** The attribute that has the label of the remedy. */
  public static final String ID = "engram.remedy.id";

  /** The attribute that has {@link JudgedRemedy#versions}. */
  public static final String VERSIONS = "engram.remedy.versions";

  private static final int LOOKED_AT = 10_000;

  private RemedyTransitions() {}

  /** The latest of each remedy by its label, however long ago it was. */
  public static Map<String, DecisionRow> latest(StoreReader reader) {
    DecisionFilter filter = new DecisionFilter(0, 0, null, NAME, 0, LOOKED_AT);
    Map<String, DecisionRow> latest = new HashMap<>();
    for (StoredDecision decision : reader.decisions(filter)) {
      Object id = decision.row().attributes().get(ID);
      latest.putIfAbsent(String.valueOf(id), decision.row());
    }
    return latest;
  }
}
