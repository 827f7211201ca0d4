package dev.engram.agent.core.bootstrap;

import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens what the agent's libraries reach into, to the module of the agent's loader alone: the
 * application's modules see no difference. Used once, on the start-up thread.
 */
final class ModuleAccess {
  private static final String UNSUPPORTED = "jdk.unsupported";
  private static final List<String> BASE_PACKAGES =
      List.of(
          "java.lang",
          "java.lang.reflect",
          "java.io",
          "java.util",
          "java.nio",
          "sun.nio.ch",
          "jdk.internal.misc",
          "jdk.internal.ref");

  private ModuleAccess() {}

  /**
   * @return false when the JVM lacks the module {@code jdk.unsupported}; nothing was opened then
   */
  static boolean open(Instrumentation instrumentation, Module agent) {
    Optional<Module> unsupported = ModuleLayer.boot().findModule(UNSUPPORTED);
    if (unsupported.isEmpty()) {
      return false;
    }
    open(instrumentation, Object.class.getModule(), BASE_PACKAGES, agent);
    open(instrumentation, unsupported.get(), List.of("sun.misc"), agent);
    return true;
  }

  private static void open(
      Instrumentation instrumentation, Module module, List<String> packages, Module agent) {
    Map<String, Set<Module>> toAgent = new HashMap<>();
    for (String name : packages) {
      if (module.getPackages().contains(name)) {
        toAgent.put(name, Set.of(agent));
      }
    }
    instrumentation.redefineModule(module, Set.of(), toAgent, toAgent, Set.of(), Map.of());
  }
}
