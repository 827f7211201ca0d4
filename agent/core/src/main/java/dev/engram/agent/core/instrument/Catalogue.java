package dev.engram.agent.core.instrument;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import net.bytebuddy.description.type.TypeDescription;
import org.jspecify.annotations.Nullable;

/**
 * Which instrumentations apply to a class. Asked for every class that is loaded, so it asks the
 * cheapest question first: the exact name, then prefixes, then what the class file mentions, then
 * what the loader sees, then the condition. Thread-safe.
 */
final class Catalogue {
  /** One instrumentation and the module it belongs to. */
  record Entry(String module, TypeInstrumentation instrumentation) {}

  /**
   * One that has a condition.
   *
   * @param texts one of them is held by every class file that meets it; empty when it needs none
   */
  private record Conditional(Entry entry, BitSet texts) {}

  private static final Comparator<Entry> INNERMOST_LAST =
      Comparator.comparing(entry -> entry.instrumentation().innermost());

  private final Map<String, List<Entry>> exact = new HashMap<>();
  private final List<Conditional> conditional = new ArrayList<>();
  private final ClassFileTexts texts;
  private final FrameworkPresence presence = new FrameworkPresence();

  /** By the reason's ordinal. */
  private final LongAdder[] leftAlone =
      Stream.generate(LongAdder::new)
          .limit(IgnoredTypes.Reason.values().length)
          .toArray(LongAdder[]::new);

  Catalogue(List<Entry> entries) {
    texts =
        new ClassFileTexts(
            entries.stream()
                .flatMap(entry -> entry.instrumentation().types().mentions().stream())
                .toList());
    for (Entry entry : entries) {
      TypeMatch types = entry.instrumentation().types();
      for (String name : types.names()) {
        exact.computeIfAbsent(name, absent -> new ArrayList<>()).add(entry);
      }
      if (types.condition() != null) {
        conditional.add(new Conditional(entry, texts.of(types.mentions())));
      }
    }
  }

  /** Whether a loaded class is worth a closer look. Asks for nothing but its name and loader. */
  boolean isCandidate(String name, @Nullable ClassLoader loader) {
    return exact.containsKey(name)
        || (!conditional.isEmpty() && !IgnoredTypes.isIgnored(name, loader));
  }

  /** Whether a class that is being loaded is worth a closer look. */
  boolean mayMatch(String name, @Nullable ClassLoader loader, byte[] file) {
    IgnoredTypes.Reason ignored = IgnoredTypes.reason(name, loader);
    if (ignored != null) {
      leftAlone[ignored.ordinal()].increment();
    }
    if (exact.containsKey(name)) {
      return true;
    }
    return ignored == null && loader != null && mayMeet(name, loader, texts.heldBy(file));
  }

  private boolean mayMeet(String name, ClassLoader loader, @Nullable BitSet held) {
    for (Conditional conditional : conditional) {
      TypeMatch types = conditional.entry().instrumentation().types();
      boolean mentioned =
          held == null || conditional.texts().isEmpty() || conditional.texts().intersects(held);
      if (mentioned && isInReach(types, name, loader)) {
        return true;
      }
    }
    return false;
  }

  /** What applies to this class: in the order of the modules, the innermost last. */
  List<Entry> matching(TypeDescription type, @Nullable ClassLoader loader) {
    String name = type.getName();
    List<Entry> matching = new ArrayList<>(exact.getOrDefault(name, List.of()));
    if (loader != null && !IgnoredTypes.isIgnored(name, loader)) {
      for (Conditional conditional : conditional) {
        if (applies(conditional.entry().instrumentation().types(), type, name, loader)) {
          matching.add(conditional.entry());
        }
      }
    }
    matching.sort(INNERMOST_LAST);
    return matching;
  }

  /** How many classes no condition was asked about, by reason. */
  Map<String, Long> leftAlone() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (IgnoredTypes.Reason reason : IgnoredTypes.Reason.values()) {
      counts.put(reason.label(), leftAlone[reason.ordinal()].sum());
    }
    return counts;
  }

  private boolean applies(TypeMatch types, TypeDescription type, String name, ClassLoader loader) {
    return isInReach(types, name, loader)
        && types.condition() != null
        && types.condition().matches(type);
  }

  private boolean isInReach(TypeMatch types, String name, ClassLoader loader) {
    return hasPrefix(types.prefixes(), name)
        && (types.frameworkClass() == null || presence.isVisible(types.frameworkClass(), loader));
  }

  private static boolean hasPrefix(List<String> prefixes, String name) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return prefixes.isEmpty();
  }
}
