package dev.engram.agent.core.instrument;

import dev.engram.agent.core.attach.Attachments;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which class loaders can see which framework, asked once per loader and without loading a class.
 * Holds loaders weakly. Thread-safe, without locks; two threads at once may both ask.
 */
final class FrameworkPresence {
  /** By identity: a table of another kind would ask the application's loaders for their hash. */
  private final Attachments<Map<String, Boolean>> answers = new Attachments<>();

  boolean isVisible(String className, ClassLoader loader) {
    Map<String, Boolean> ofLoader = answers.get(loader);
    if (ofLoader == null) {
      ofLoader = new ConcurrentHashMap<>();
      answers.put(loader, ofLoader);
    }
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
