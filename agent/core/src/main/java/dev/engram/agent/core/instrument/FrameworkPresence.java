package dev.engram.agent.core.instrument;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which class loaders can see which framework, asked once per loader and without loading a class.
 * Holds loaders weakly. Thread-safe; holds no lock while it asks a loader.
 */
final class FrameworkPresence {
  private final Map<ClassLoader, Map<String, Boolean>> answers =
      Collections.synchronizedMap(new WeakHashMap<>());

  boolean isVisible(String className, ClassLoader loader) {
    Map<String, Boolean> ofLoader =
        answers.computeIfAbsent(loader, absent -> new ConcurrentHashMap<>());
    Boolean known = ofLoader.get(className);
    if (known == null) {
      known = ask(className, loader);
      ofLoader.put(className, known);
    }
    return known;
  }

  private static boolean ask(String className, ClassLoader loader) {
    try {
      return loader.getResource(className.replace('.', '/') + ".class") != null;
    } catch (Throwable brokenLoader) {
      return false;
    }
  }
}
