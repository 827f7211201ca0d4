package dev.engram.agent.core.bootstrap;

import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens what the agent's libraries reach into, to the module of the agent's loader alone: the
 * application's modules see no difference. Used once, on the start-up thread.
 */
final class ModuleAccess {
  private static final String UNSUPPORTED = "jdk.unsupported";

  /** The queue's library loads classes of the last two when it starts. */
  private static final List<String> NEEDED = List.of(UNSUPPORTED, "java.management", "java.naming");

  /**
   * {@code java.util.concurrent} is where a future's result is; the last is where the headers are
   * that {@code HttpURLConnection} is about to send.
   */
  private static final List<String> BASE_PACKAGES =
      List.of(
          "java.lang",
          "java.lang.reflect",
          "java.io",
          "java.util",
          "java.util.concurrent",
          "java.nio",
          "sun.nio.ch",
          "jdk.internal.misc",
          "jdk.internal.ref",
          "sun.net.www");

  private ModuleAccess() {}

  /** The modules that the agent cannot do without and that this JVM runs without. */
  static List<String> missing() {
    return NEEDED.stream().filter(name -> ModuleLayer.boot().findModule(name).isEmpty()).toList();
  }

  /** Only when none is {@link #missing}. */
  static void open(Instrumentation instrumentation, Module agent) {
    Module unsupported = ModuleLayer.boot().findModule(UNSUPPORTED).orElseThrow();
    open(instrumentation, Object.class.getModule(), BASE_PACKAGES, agent);
    open(instrumentation, unsupported, List.of("sun.misc"), agent);
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
