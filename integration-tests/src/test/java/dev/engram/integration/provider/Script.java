package dev.engram.integration.provider;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt asks the provider to do, in square brackets anywhere in its text:
 *
 * <ul>
 *   <li>{@code [busy]}, {@code [busy 2]}: the first one or two attempts get a 429 with {@code
 *       Retry-After}; {@code [down]} the same with 503
 *   <li>{@code [error]}, {@code [error 500]}: always this status, else 400
 *   <li>{@code [slow]}, {@code [slow 800]}: nothing for so many milliseconds, else 300
 *   <li>{@code [hold]}: the first half of the answer, and the rest when the test says so
 *   <li>{@code [cut]}: the first half of the answer, then the connection is closed
 *   <li>{@code [malformed]}: an answer, or its first chunk, that is no JSON
 *   <li>{@code [tool]}, {@code [tool name]}, {@code [tool name {"a":1}]}: calls this tool, or the
 *       first, with these arguments, or with what its schema allows; several call several
 *   <li>{@code [think]}: reasons before it answers; {@code [cached]}: half of the input comes from
 *       a cache, and where the interface has it, a quarter goes to it
 *   <li>{@code [long 5000]}: so many words more
 *   <li>{@code [answer: text]}: answers this text; to the last bracket of the prompt
 * </ul>
 */
final class Script {
  private static final Pattern CALL =
      Pattern.compile("\\[tool(?: ([\\w.-]+))?(?: (\\{[^}]*\\}))?\\]");

  private final String prompt;

  private Script(String prompt) {
    this.prompt = prompt;
  }

  /**
   * @param name empty for whichever tool is first
   * @param arguments empty for what the schema allows
   */
  record Call(String name, String arguments) {}

  static Script of(String prompt) {
    return new Script(prompt);
  }

  boolean says(String word) {
    return number(word, -1) >= 0;
  }

  /** The number beside the word; 0 where there is none and {@code absent} without the word. */
  int number(String word, int absent) {
    Matcher found = Pattern.compile("\\[" + word + "(?: (\\d+))?\\]").matcher(prompt);
    if (!found.find()) {
      return absent;
    }
    return found.group(1) == null ? 0 : Integer.parseInt(found.group(1));
  }

  List<Call> calls() {
    return CALL.matcher(prompt)
        .results()
        .map(it -> new Call(orEmpty(it.group(1)), orEmpty(it.group(2))))
        .toList();
  }

  @Nullable String rest(String word) {
    int begin = prompt.indexOf("[" + word + ": ");
    int end = prompt.lastIndexOf(']');
    return begin < 0 || end < begin ? null : prompt.substring(begin + word.length() + 3, end);
  }

  private static String orEmpty(@Nullable String group) {
    return group == null ? "" : group;
  }
}
