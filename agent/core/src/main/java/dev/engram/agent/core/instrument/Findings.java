package dev.engram.agent.core.instrument;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of all instrumentations, for whoever asks why something is not remembered. Filled by
 * the threads that install, load classes, link and fail; thread-safe once all modules are known.
 */
final class Findings {
  private final Map<String, ModuleFindings> modules = new LinkedHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /** Before anything is installed. */
  ModuleFindings add(String module) {
    ModuleFindings findings = new ModuleFindings(module);
    modules.put(module, findings);
    return findings;
  }

  void state(String module, String state) {
    of(module).state(state);
    changes.incrementAndGet();
  }

  void instrumented(String module, String className) {
    of(module).instrumented(className);
    changes.incrementAndGet();
  }

  void looked(String module, String adviceClass, String className, boolean found) {
    of(module).looked(adviceClass, className, found);
  }

  void linked(String module) {
    of(module).linked();
    changes.incrementAndGet();
  }

  void problem(String module, String line) {
    of(module).problem(line);
    changes.incrementAndGet();
  }

  /** Rises with each change. */
  long changes() {
    return changes.get();
  }

  List<ModuleReport> reports() {
    return modules.values().stream().map(ModuleFindings::report).toList();
  }

  private ModuleFindings of(String module) {
    ModuleFindings known = modules.get(module);
    return known == null ? new ModuleFindings(module) : known;
  }
}
