package dev.engram.agent.record.redaction;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one XML text hides for a name that is said beside it: by an attribute of the same element,
 * as in {@code <entry key="password">...</entry>}; by an element beside it in either order, as in
 * {@code <name>password</name><value>...</value>}; by the key before it in a property list, as in
 * {@code <key>password</key><string>...</string>}. Is told of tags in order. Confined to one
 * thread.
 */
final class XmlPairs {
  private static final int NONE = -1;

  /** What property lists call a key, and the values that may hold a secret. */
  private static final String KEY = "key";

  private static final Set<String> LISTED =
      Set.of("string", "data", "integer", "real", "date", "array", "dict");

  /** What is known of the elements inside one that is not closed yet. */
  private static final class Siblings {
    private final int depth;
    private final @Nullable Siblings outer;
    private final PairedRanges pairs;
    private int openValue = NONE;

    /** The element before this place is the key of a property list, and secret. */
    private boolean behindKey;

    private Siblings(int depth, @Nullable Siblings outer, HiddenRanges hidden) {
      this.depth = depth;
      this.outer = outer;
      this.pairs = new PairedRanges(hidden);
    }
  }

  private final SecretNames said;
  private final HiddenRanges hidden;

  /** Of the tag that is being read. */
  private final HiddenRanges attributeValues = new HiddenRanges();

  private boolean named;
  private @Nullable Siblings innermost;
  private int depth;

  /**
   * @param said of those that are values themselves
   * @param hidden takes what is hidden
   */
  XmlPairs(SecretNames said, HiddenRanges hidden) {
    this.said = said;
    this.hidden = hidden;
  }

  /** An attribute of the tag that is being read, and where its value stands. */
  void attribute(String name, String xml, int from, int end) {
    PairLabel label = PairLabel.of(name);
    if (label == PairLabel.NAME) {
      named |= isSecret(xml, from, end);
    } else if (label == PairLabel.VALUE) {
      attributeValues.add(from, end);
    }
  }

  /** The tag has ended; whether one of its attributes says that what it holds is secret. */
  boolean endsNamed() {
    boolean secret = named;
    if (secret) {
      hidden.take(attributeValues);
    }
    attributeValues.clear();
    named = false;
    return secret;
  }

  /**
   * An element begins whose content stands at {@code from}.
   *
   * @return whether an element beside it says that its content is secret
   */
  boolean opens(String name, String xml, int from) {
    PairLabel label = PairLabel.of(name);
    boolean secret = isBehindKey() && LISTED.contains(name);
    if (label == PairLabel.NAME) {
      name(name, xml, from);
    } else if (label == PairLabel.VALUE) {
      Siblings siblings = siblings();
      secret = siblings.pairs.hidesNext();
      siblings.openValue = from;
    }
    depth++;
    return secret;
  }

  /** The innermost element ends before {@code at}. */
  void closes(int at) {
    depth = Math.max(0, depth - 1);
    while (innermost != null && innermost.depth > depth) {
      innermost = innermost.outer;
    }
    Siblings siblings = innermost;
    if (siblings != null && siblings.depth == depth && siblings.openValue != NONE) {
      siblings.pairs.value(siblings.openValue, at);
      siblings.openValue = NONE;
    }
  }

  /** Is so for the next element alone. */
  private boolean isBehindKey() {
    Siblings siblings = innermost;
    if (siblings == null || siblings.depth != depth) {
      return false;
    }
    boolean behindKey = siblings.behindKey;
    siblings.behindKey = false;
    return behindKey;
  }

  private void name(String name, String xml, int from) {
    int begin =
        xml.startsWith(XmlRedaction.CDATA, from) ? from + XmlRedaction.CDATA.length() : from;
    int end = begin;
    while (end < xml.length() && "<]".indexOf(xml.charAt(end)) < 0) {
      end++;
    }
    boolean secret = isSecret(xml, begin, end);
    Siblings siblings = siblings();
    siblings.pairs.name(secret);
    siblings.behindKey = secret && name.equals(KEY);
  }

  private boolean isSecret(String xml, int from, int end) {
    return end - from <= XmlRedaction.MAX_NAME
        && said.mayContain(xml, from, end)
        && said.contains(Escapes.plain(xml.substring(from, end)).strip());
  }

  private Siblings siblings() {
    Siblings siblings = innermost;
    if (siblings == null || siblings.depth != depth) {
      siblings = new Siblings(depth, siblings, hidden);
      innermost = siblings;
    }
    return siblings;
  }
}
