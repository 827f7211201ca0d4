package dev.engram.agent.record.redaction;

import org.jspecify.annotations.Nullable;

/**
 * Which values of one JSON text are named by a text beside them: by a member of the same object, in
 * either order, as in {@code {"name":"password","value":"..."}}, or by the first of two in an array
 * of arrays. Is told of the tokens in order, and looks at what a name says once it has a value.
 * Confined to one thread.
 */
final class JsonPairs {
  private static final int NONE = -1;

  /** What is known of an object that is not closed yet, as offsets of the text. */
  private static final class Members {
    private final int depth;
    private final @Nullable Members outer;
    private int name = NONE;
    private int value = NONE;
    private int endOfValue = NONE;
    private boolean secret;

    private Members(int depth, @Nullable Members outer) {
      this.depth = depth;
      this.outer = outer;
    }
  }

  private final String json;
  private final SecretNames names;
  private final HiddenRanges hidden;
  private @Nullable Members innermost;
  private int depth;

  /**
   * @param hidden takes values whose names come behind them
   */
  JsonPairs(String json, SecretNames names, HiddenRanges hidden) {
    this.json = json;
    this.names = names;
    this.hidden = hidden;
  }

  /** A character outside of texts: it may open or close something. */
  void sign(char c, int at) {
    switch (c) {
      case '{', '[', '(' -> depth++;
      case '}', ']', ')' -> close();
      case ',' -> endValue(at);
      default -> {}
    }
  }

  /**
   * Whether this member's value is to be hidden for what another one said.
   *
   * @param from where its name begins
   */
  boolean hidesMember(String name, int from, int value) {
    PairLabel label = PairLabel.of(name);
    if (label == null) {
      return false;
    }
    Members members = members();
    if (label == PairLabel.VALUE) {
      return value(members, value);
    }
    name(members, from, value);
    return false;
  }

  /** Where the second of two begins that is to be hidden, or -1. */
  int second(int from, int end, int comma) {
    int value = JsonTokens.afterBlanks(json, comma + 1);
    boolean isFirst = JsonTokens.isQuote(json.charAt(from)) && isFirst(from);
    if (!isFirst || value == json.length() || !JsonTokens.isText(json.charAt(value))) {
      return NONE;
    }
    int behind = JsonTokens.afterBlanks(json, JsonTokens.end(json, value));
    boolean isLast = behind >= json.length() || json.charAt(behind) == ']';
    String name = isLast ? JsonTokens.name(json, from, end) : null;
    return name != null && names.contains(name) ? value : NONE;
  }

  /** Of an array in an array: one by itself lists names as often as it has a value. */
  private boolean isFirst(int from) {
    int bracket = JsonTokens.before(json, from);
    int before = bracket > 0 && json.charAt(bracket) == '[' ? JsonTokens.before(json, bracket) : -1;
    return before >= 0 && "[,".indexOf(json.charAt(before)) >= 0;
  }

  private boolean value(Members members, int value) {
    if (members.name != NONE) {
      members.secret = isSecret(members.name);
      members.name = NONE;
    }
    if (!members.secret) {
      members.value = members.value == NONE ? value : members.value;
      members.endOfValue = NONE;
    }
    return members.secret;
  }

  /** Of several names each counts. */
  private void name(Members members, int from, int name) {
    if (members.secret) {
      return;
    }
    if (members.name == NONE && members.value == NONE) {
      members.name = name;
      return;
    }
    members.secret = isSecret(members.name) || isSecret(name);
    members.name = NONE;
    if (members.secret && members.value != NONE) {
      hidden.add(members.value, members.endOfValue == NONE ? from : members.endOfValue);
    }
  }

  private boolean isSecret(int at) {
    if (at == NONE || !JsonTokens.isText(json.charAt(at))) {
      return false;
    }
    int end = JsonTokens.endOfName(json, at);
    String name = names.mayContain(json, at, end) ? JsonTokens.name(json, at, end) : null;
    return name != null && names.contains(name);
  }

  private Members members() {
    Members members = innermost;
    if (members == null || members.depth != depth) {
      members = new Members(depth, members);
      innermost = members;
    }
    return members;
  }

  private void endValue(int at) {
    Members members = innermost;
    if (members != null
        && members.depth == depth
        && members.value != NONE
        && members.endOfValue == NONE) {
      members.endOfValue = at;
    }
  }

  private void close() {
    depth = Math.max(0, depth - 1);
    while (innermost != null && innermost.depth > depth) {
      innermost = innermost.outer;
    }
  }
}
