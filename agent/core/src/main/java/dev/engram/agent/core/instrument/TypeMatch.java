package dev.engram.agent.core.instrument;

import java.util.List;
import java.util.Set;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Which types an instrumentation applies to, from cheap to expensive: exact names; or a condition
 * that is only asked for classes whose loader can see {@code frameworkClass} and whose name begins
 * with one of {@code prefixes}.
 *
 * @param names exact class names; empty when {@code condition} decides
 * @param frameworkClass the class that must be visible to the type's loader, or null for none
 * @param prefixes name prefixes, or empty for any
 * @param condition asked last, or null when names decide
 */
public record TypeMatch(
    Set<String> names,
    @Nullable String frameworkClass,
    List<String> prefixes,
    @Nullable ElementMatcher<? super TypeDescription> condition) {

  /** Exactly these classes. */
  public static TypeMatch named(String... names) {
    return new TypeMatch(Set.of(names), null, List.of(), null);
  }

  /** Classes that satisfy a condition, where the framework is present. */
  public static TypeMatch where(
      String frameworkClass, ElementMatcher<? super TypeDescription> condition) {
    return new TypeMatch(Set.of(), frameworkClass, List.of(), condition);
  }

  /** Classes below a name prefix that satisfy a condition. */
  public static TypeMatch below(
      List<String> prefixes, ElementMatcher<? super TypeDescription> condition) {
    return new TypeMatch(Set.of(), null, List.copyOf(prefixes), condition);
  }
}
