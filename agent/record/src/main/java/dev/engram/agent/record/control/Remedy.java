package dev.engram.agent.record.control;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is done about one kind of failure at one place. Immutable.
 *
 * @param id as people know it, such as {@code R-1f0c9a77b3d2}
 * @param action what is done and where, see {@link Kind#at}
 * @param fingerprint of the failure; of an answer of another service its status; 0 for whatever
 *     fails there
 * @param share of the episodes that are treated while it is on trial, from 0 to 1
 * @param attempts most runs of the operation, the first included; 1 where it is not run again
 * @param baseMillis the longest first wait; 0 where it is not run again
 * @param capMillis the longest wait; 0 where it is not run again
 */
public record Remedy(
    String id,
    String action,
    long fingerprint,
    State state,
    double share,
    int attempts,
    int baseMillis,
    int capMillis) {
  public static final int MOST_ATTEMPTS = 6;
  public static final int LONGEST_WAIT_MILLIS = 10_000;

  /** Characters of an action. */
  public static final int LONGEST_ACTION = 200;

  private static final Pattern ID = Pattern.compile("R-[0-9a-f]{12}");
  private static final int LONGEST_ID = 14;
  private static final int HEX = 16;

  /** What is done. */
  public enum Kind {
    /** The failed operation is run again. */
    RETRY,
    /** The caller is given the last good answer, or one that was set, in place of the failure. */
    FALLBACK,
    /** Calls of a service that answers nothing but failures fail at once. */
    BREAKER,
    /** A connection pool is made larger as long as its connections do not suffice. */
    RESIZE,
    /** What was asked of a model that is overloaded is asked of another. */
    ALTERNATIVE,
    /** Fewer calls of a service that refuses a part of them are under way at once. */
    LIMIT;

    /** This at a place, such as {@code retry method com.acme.Prices#load}. */
    public String at(String place) {
      return label() + ' ' + place;
    }

    /** The first word of an action. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Of this action; null when there is no such kind, as far as is known here. */
    public static @Nullable Kind of(String action) {
      for (Kind kind : values()) {
        if (action.startsWith(kind.label() + ' ')) {
          return kind;
        }
      }
      return null;
    }
  }

  /** How far a remedy has come. */
  public enum State {
    /** A share of the episodes is treated, the others are left alone to be compared with. */
    TRIAL,
    /** All are treated. */
    ACTIVE;

    /** As in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One that runs nothing again. */
  public Remedy(String id, String action, long fingerprint, State state, double share) {
    this(id, action, fingerprint, state, share, 1, 0, 0);
  }

  /** Running an operation again that failed at a place. */
  public static String retry(String place) {
    return Kind.RETRY.at(place);
  }

  /** What is done; null when it is nothing that is known here. */
  public @Nullable Kind kind() {
    return Kind.of(action);
  }

  static Remedy of(JsonMembers members) throws MalformedControlFileException {
    String action = members.required("action", LONGEST_ACTION);
    if (action.indexOf(' ') < 1) {
      throw new MalformedControlFileException(
          "needs an action such as " + retry("method com.acme.Prices#load"));
    }
    double share = members.share("share");
    if (Double.isNaN(share)) {
      throw new MalformedControlFileException("needs a number from 0 to 1 for share");
    }
    String id = id(members);
    long fingerprint = fingerprint(members.required("fingerprint", HEX));
    State state = state(members);
    if (Kind.of(action) != Kind.RETRY) {
      return new Remedy(id, action, fingerprint, state, share);
    }
    int base = (int) members.whole("base_ms", 1, LONGEST_WAIT_MILLIS);
    return new Remedy(
        id,
        action,
        fingerprint,
        state,
        share,
        (int) members.whole("attempts", 2, MOST_ATTEMPTS),
        base,
        (int) members.whole("cap_ms", base, LONGEST_WAIT_MILLIS));
  }

  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("action", action);
    members.put("fingerprint", Long.toHexString(fingerprint));
    members.put("state", state.label());
    members.put("share", share);
    if (kind() == Kind.RETRY) {
      members.put("attempts", attempts);
      members.put("base_ms", baseMillis);
      members.put("cap_ms", capMillis);
    }
    return members;
  }

  /** Nothing else may come into a log line. */
  private static String id(JsonMembers members) throws MalformedControlFileException {
    String id = members.text("id", LONGEST_ID);
    if (!ID.matcher(id).matches()) {
      throw new MalformedControlFileException("needs an id such as R-1f0c9a77b3d2");
    }
    return id;
  }

  private static State state(JsonMembers members) throws MalformedControlFileException {
    String label = members.oneOf("state", Set.of(State.TRIAL.label(), State.ACTIVE.label()));
    return State.valueOf(label.toUpperCase(Locale.ROOT));
  }

  private static long fingerprint(String hex) throws MalformedControlFileException {
    try {
      return Long.parseUnsignedLong(hex, HEX);
    } catch (NumberFormatException none) {
      throw new MalformedControlFileException("needs hex digits for fingerprint", none);
    }
  }
}
