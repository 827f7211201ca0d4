package dev.engram.agent.core.method;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Setting;
import dev.engram.agent.core.instrument.TypeMatch;
import dev.engram.agent.core.log.AgentLog;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.bytebuddy.description.NamedElement;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Names methods as {@code package.Class#method}; {@code *} stands for any part of a name, dots
 * included. A nested class is written {@code Outer$Inner}. Immutable.
 */
public record MethodPattern(String className, String methodName) {

  private static final List<String> OFF_LIMITS =
      List.of("java.", "jdk.", "sun.", "com.sun.", "dev.engram.agent.");

  /** Those that a setting names. What names no method of an application is left out, and told. */
  public static List<MethodPattern> listed(Configuration configuration, Setting setting) {
    List<MethodPattern> patterns = new ArrayList<>();
    for (String text : configuration.list(setting)) {
      MethodPattern pattern = parse(text);
      if (pattern == null) {
        leftOut(setting, text, "; write package.Class#method");
      } else if (isOffLimits(pattern.className())) {
        leftOut(
            setting, text, ": the agent itself calls such methods; name one of the application");
      } else {
        patterns.add(pattern);
      }
    }
    return patterns;
  }

  /** The same where somebody else tells of what is left out. */
  public static List<MethodPattern> known(Configuration configuration, Setting setting) {
    List<MethodPattern> patterns = new ArrayList<>();
    for (String text : configuration.list(setting)) {
      MethodPattern pattern = parse(text);
      if (pattern != null && !isOffLimits(pattern.className())) {
        patterns.add(pattern);
      }
    }
    return patterns;
  }

  /** Whether the agent itself may call methods of such a class. */
  public static boolean isOffLimits(String className) {
    return OFF_LIMITS.stream().anyMatch(className::startsWith);
  }

  private static void leftOut(Setting setting, String text, String why) {
    AgentLog.line(setting.key() + ": '" + text + "' is left out" + why);
  }

  /** Null when the text names no method. */
  static @Nullable MethodPattern parse(String text) {
    String[] parts = text.strip().split("#", -1);
    return parts.length == 2 && isName(parts[0]) && isName(parts[1])
        ? new MethodPattern(parts[0], parts[1])
        : null;
  }

  /** By exact name where there is no star, else by the name's beginning. */
  public TypeMatch types() {
    int star = className.indexOf('*');
    return star < 0
        ? TypeMatch.named(className)
        : TypeMatch.below(List.of(className.substring(0, star)), like(className));
  }

  /** Methods of this name in the types of {@link #types}, whatever type is looked at. */
  public ElementMatcher.Junction<MethodDescription> methodsOfTypes() {
    return methods().and(isDeclaredBy(like(className)));
  }

  /** By name. */
  public ElementMatcher.Junction<MethodDescription> methods() {
    return like(methodName);
  }

  private static boolean isName(String part) {
    return !part.isEmpty()
        && part.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '.' || c == '*');
  }

  private static <T extends NamedElement> ElementMatcher.Junction<T> like(String glob) {
    Pattern pattern = Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q"));
    return new ElementMatcher.Junction.ForNonNullValues<>() {
      @Override
      protected boolean doMatch(T element) {
        return pattern.matcher(element.getActualName()).matches();
      }
    };
  }
}
