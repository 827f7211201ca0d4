package dev.engram.agent.core.instrument;

import dev.engram.agent.core.config.Configuration;
import java.util.List;

/** One framework's instrumentation, found through {@link java.util.ServiceLoader}. Stateless. */
public interface InstrumentationModule {
  /**
   * The name in settings and switches: {@code engram.instrumentation.<name>.enabled}. Lower case,
   * dashes.
   */
  String name();

  /**
   * What to match and which advice to apply. An empty list switches the module off, for example
   * when its configuration names nothing.
   */
  List<TypeInstrumentation> types(Configuration configuration);

  /**
   * Told when it is in place and each time it is switched. Only for what switches something beside
   * its advice; never throws.
   */
  default void switchTo(boolean enabled) {}
}
