package dev.engram.agent.core.remedy;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.core.method.MethodPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in for the answer of a method that fails, as somebody has set it for this very
 * method: the last good answer to the same arguments as long as it is fresh, or always the same
 * one. Immutable.
 *
 * @param freshNanos how old an answer may be; 0 where one is set
 * @param answer as text; null where it is the last good one
 */
public record FallbackRule(
    String className, String methodName, long freshNanos, @Nullable String answer) {
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(24);

  /** No star: of each method somebody has to say that an older answer will do. */
  private static final Pattern RULE =
      Pattern.compile(
          "([\\p{javaJavaIdentifierPart}.]+)#(\\p{javaJavaIdentifierPart}+)"
              + "(?::([0-9]{1,5})(s|m|h)|=(.*))");

  /** Those that are set, one for each method. What cannot be used is left out, and told. */
  public static List<FallbackRule> listed(Configuration configuration) {
    Map<String, FallbackRule> rules = new LinkedHashMap<>();
    for (String text : configuration.list(Settings.HEAL_FALLBACK)) {
      FallbackRule rule = parse(text);
      if (rule == null) {
        leftOut(
            text, "; write package.Class#method:60s (at most 24h) or package.Class#method=text");
      } else if (MethodPattern.isOffLimits(rule.className)) {
        leftOut(text, ": name a method of the application");
      } else if (rules.putIfAbsent(rule.className + '#' + rule.methodName, rule) != null) {
        leftOut(text, ": the method is named before");
      }
    }
    return List.copyOf(rules.values());
  }

  private static void leftOut(String text, String why) {
    AgentLog.line(Settings.HEAL_FALLBACK.key() + ": '" + text + "' is left out" + why);
  }

  /** Null when the text is no rule. */
  static @Nullable FallbackRule parse(String text) {
    Matcher parts = RULE.matcher(text.strip());
    if (!parts.matches()) {
      return null;
    }
    String className = String.valueOf(parts.group(1));
    String methodName = String.valueOf(parts.group(2));
    String answer = parts.group(5);
    long fresh = answer == null ? freshNanos(String.valueOf(parts.group(3)), parts.group(4)) : 0;
    boolean isUsable = answer != null || (fresh > 0 && fresh <= LONGEST_NANOS);
    return isUsable ? new FallbackRule(className, methodName, fresh, answer) : null;
  }

  private static long freshNanos(String number, @Nullable String unit) {
    TimeUnit of =
        "h".equals(unit) ? TimeUnit.HOURS : "m".equals(unit) ? TimeUnit.MINUTES : TimeUnit.SECONDS;
    return of.toNanos(Long.parseLong(number));
  }

  /**
   * The answer that is set, as what a method returns of this type.
   *
   * @param type by its name
   * @return null where none is set, or it is none of this type
   */
  public @Nullable Object answer(String type) {
    try {
      return answer == null ? null : SetAnswer.of(answer, type);
    } catch (NumberFormatException none) {
      return null;
    }
  }

  /**
   * Why it cannot stand in for what a method returns of this type; null when it can.
   *
   * @param type by its name
   */
  public @Nullable String unsuitable(String type) {
    if (!type.equals("void") && (answer == null || answer(type) != null)) {
      return null;
    }
    String returns =
        type.equals("void") ? "nothing" : "a " + type + ", which " + answer + " is not";
    return Settings.HEAL_FALLBACK.key()
        + ": nothing stands in for "
        + className
        + '#'
        + methodName
        + ", it returns "
        + returns;
  }
}
