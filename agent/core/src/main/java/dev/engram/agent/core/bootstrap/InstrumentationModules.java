package dev.engram.agent.core.bootstrap;

import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.log.AgentLog;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** The instrumentations in the agent's jar. Used once, on the start-up thread. */
final class InstrumentationModules {
  private InstrumentationModules() {}

  /** One that cannot be loaded is named in a line and left out. */
  static List<InstrumentationModule> find() {
    List<InstrumentationModule> found = new ArrayList<>();
    Iterator<InstrumentationModule> providers =
        ServiceLoader.load(
                InstrumentationModule.class, InstrumentationModules.class.getClassLoader())
            .iterator();
    while (hasNext(providers)) {
      try {
        found.add(providers.next());
      } catch (ServiceConfigurationError | LinkageError broken) {
        AgentLog.line("an instrumentation is left out: " + broken);
      }
    }
    return found;
  }

  static Set<String> names(List<InstrumentationModule> modules) {
    Set<String> names = new LinkedHashSet<>();
    modules.forEach(module -> names.add(module.name()));
    return names;
  }

  private static boolean hasNext(Iterator<InstrumentationModule> providers) {
    try {
      return providers.hasNext();
    } catch (ServiceConfigurationError unreadable) {
      AgentLog.line("the list of instrumentations cannot be read: " + unreadable);
      return false;
    }
  }
}
