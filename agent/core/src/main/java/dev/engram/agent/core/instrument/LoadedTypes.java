package dev.engram.agent.core.instrument;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy.DiscoveryStrategy;

/** The loaded classes that are worth a closer look, instead of all of them. */
final class LoadedTypes implements DiscoveryStrategy {
  private final Catalogue catalogue;

  LoadedTypes(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public Iterable<Iterable<Class<?>>> resolve(Instrumentation instrumentation) {
    List<Class<?>> candidates = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (!type.isArray() && catalogue.isCandidate(type.getName(), type.getClassLoader())) {
        candidates.add(type);
      }
    }
    return List.of(candidates);
  }
}
