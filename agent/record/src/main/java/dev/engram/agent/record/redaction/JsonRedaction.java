package dev.engram.agent.record.redaction;

/**
 * Replaces what secret names stand for in JSON, at any depth, in one pass: the value of a member of
 * that name, and one beside which the name is said ({@link JsonPairs}). What is cut off, or is not
 * quite JSON, is read as far as it goes: from a secret name on, more is hidden rather than less.
 * Thread-safe.
 *
 * <p>JSON inside a string of JSON is text like any other, and is not looked into.
 */
final class JsonRedaction {
  private static final String HIDDEN = '"' + Redaction.REDACTED + '"';

  private final SecretNames names;
  private final SecretNames said;

  /**
   * @param said of those that are values themselves
   */
  JsonRedaction(SecretNames names, SecretNames said) {
    this.names = names;
    this.said = said;
  }

  /** The text, or what may be remembered of it; without a secret it stays the same object. */
  String redact(String json) {
    HiddenRanges hidden = new HiddenRanges();
    JsonPairs pairs = new JsonPairs(json, said, hidden);
    int at = 0;
    while (at < json.length()) {
      char c = json.charAt(at);
      if (JsonTokens.isText(c)) {
        at = text(json, at, pairs, hidden);
      } else {
        pairs.sign(c, at);
        at++;
      }
    }
    return hidden.in(json, HIDDEN);
  }

  /** Passes a string or bare word, and the value that it is the secret name of. */
  private int text(String json, int from, JsonPairs pairs, HiddenRanges hidden) {
    int end = JsonTokens.end(json, from);
    int value = secretValue(json, from, end, pairs);
    if (value < 0) {
      return end;
    }
    int behind = JsonTokens.endOfValue(json, value);
    hidden.add(value, behind);
    return behind;
  }

  /** Where the value begins whose name is this token, or -1 when it may be remembered. */
  private int secretValue(String json, int from, int end, JsonPairs pairs) {
    int sign = JsonTokens.afterBlanks(json, end);
    if (sign == json.length()) {
      return -1;
    }
    if (json.charAt(sign) != ':') {
      return json.charAt(sign) == ',' ? pairs.second(from, end, sign) : -1;
    }
    int value = JsonTokens.afterBlanks(json, sign + 1);
    if (value == json.length()) {
      return -1;
    }
    // What goes under a name that is none is hidden without matching it.
    String name = JsonTokens.name(json, from, end);
    return name == null || isSecret(name, from, value, pairs) ? value : -1;
  }

  private boolean isSecret(String name, int from, int value, JsonPairs pairs) {
    NameMeaning meaning = names.meaning(name);
    return meaning == NameMeaning.SECRET
        || meaning != NameMeaning.NOTHING && pairs.hidesMember(name, from, value);
  }
}
