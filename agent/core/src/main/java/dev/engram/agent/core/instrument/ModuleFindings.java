package dev.engram.agent.core.instrument;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What becomes of one instrumentation. Thread-safe; locks are held for a few steps only. */
final class ModuleFindings {
  private static final int NAMED = 20;

  private final String name;
  private final Set<String> classes = new LinkedHashSet<>();
  private final Set<String> problems = new LinkedHashSet<>();

  /** Advice to the class where it found no method; empty once it found one anywhere. */
  private final Map<String, String> withoutMethod = new LinkedHashMap<>();

  private String state = ModuleReport.ON;
  private int classCount;
  private long callSites;

  ModuleFindings(String name) {
    this.name = name;
  }

  synchronized void state(String newState) {
    state = newState;
  }

  synchronized void instrumented(String className) {
    classCount++;
    if (classes.size() < NAMED) {
      classes.add(className);
    }
  }

  /** Only for classes that were looked for by name: in others some advice may find nothing. */
  synchronized void looked(String adviceClass, String className, boolean found) {
    if (found) {
      withoutMethod.put(adviceClass, "");
    } else {
      withoutMethod.putIfAbsent(adviceClass, className);
    }
  }

  synchronized void linked() {
    callSites++;
  }

  synchronized void problem(String line) {
    if (problems.size() < NAMED) {
      problems.add(line);
    }
  }

  synchronized ModuleReport report() {
    List<String> notes = new ArrayList<>();
    withoutMethod.forEach(
        (advice, className) -> {
          if (!className.isEmpty()) {
            notes.add("no method for " + simpleName(advice) + " in " + className);
          }
        });
    return new ModuleReport(
        name, state, classCount, List.copyOf(classes), callSites, notes, List.copyOf(problems));
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
