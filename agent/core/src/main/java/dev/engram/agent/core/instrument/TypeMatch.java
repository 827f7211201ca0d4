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
 * @param mentions one of these is among the constants of every class file that meets the condition;
 *     empty when none has to be
 */
public record TypeMatch(
    Set<String> names,
    @Nullable String frameworkClass,
    List<String> prefixes,
    @Nullable ElementMatcher<? super TypeDescription> condition,
    List<String> mentions) {

  /** Exactly these classes. */
  public static TypeMatch named(String... names) {
    return new TypeMatch(Set.of(names), null, List.of(), null, List.of());
  }

  /** Classes that satisfy a condition, where the framework is present. */
  public static TypeMatch where(
      String frameworkClass, ElementMatcher<? super TypeDescription> condition) {
    return new TypeMatch(Set.of(), frameworkClass, List.of(), condition, List.of());
  }

  /** Classes below a name prefix that satisfy a condition. */
  public static TypeMatch below(
      List<String> prefixes, ElementMatcher<? super TypeDescription> condition) {
    return new TypeMatch(Set.of(), null, List.copyOf(prefixes), condition, List.of());
  }

  /**
   * The same, for conditions that only classes meet whose files hold one of these: names of methods
   * that they declare, super types, annotations. It spares all others the condition.
   */
  public TypeMatch mentioning(String... texts) {
    return new TypeMatch(names, frameworkClass, prefixes, condition, List.of(texts));
  }

  /** As a class file mentions what it extends, and itself. */
  public static String type(String className) {
    return className.replace('.', '/');
  }

  /** As a class file mentions the types of annotations, and in descriptors. */
  public static String descriptor(String className) {
    return 'L' + type(className) + ';';
  }
}
