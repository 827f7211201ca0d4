package dev.engram.collector.store;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom, or what, a store is to forget. Immutable. */
public sealed interface Subject {
  /** Whether a span with these attributes is part of it, and with the span its trace. */
  boolean has(Map<String, Object> attributes);

  /** Whether feedback or an outcome with this target is about it itself. */
  boolean isTarget(String target, String targetId);

  /** Whether this is a name of it. */
  default boolean isNamed(@Nullable String text) {
    return false;
  }

  /**
   * One person: the traces of which a span has one of these as {@code user.id}, what was said of
   * them, and the person's name wherever it says who told something.
   *
   * @param ids the same person's, in plain and as pseudonyms
   */
  record User(Set<String> ids) implements Subject {
    public User {
      ids = Set.copyOf(ids);
    }

    @Override
    public boolean has(Map<String, Object> attributes) {
      return attributes.get("user.id") instanceof String id && ids.contains(id);
    }

    /** What keys name is told of as {@code key=value}, or with the key apart. */
    @Override
    public boolean isTarget(String target, String targetId) {
      return target.equals("key")
          && (ids.contains(targetId)
              || ids.contains(targetId.substring(targetId.indexOf('=') + 1)));
    }

    @Override
    public boolean isNamed(@Nullable String text) {
      return text != null && ids.contains(text);
    }
  }

  /** One trace, and what was said of it. */
  record Trace(TraceId id) implements Subject {
    @Override
    public boolean has(Map<String, Object> attributes) {
      return false;
    }

    @Override
    public boolean isTarget(String target, String targetId) {
      return target.equals("trace") && targetId.equals(id.hex());
    }
  }

  /**
   * The traces of which a span has this {@code gen_ai.conversation.id}, and what was said of it.
   */
  record Conversation(String id) implements Subject {
    @Override
    public boolean has(Map<String, Object> attributes) {
      return id.equals(attributes.get("gen_ai.conversation.id"));
    }

    @Override
    public boolean isTarget(String target, String targetId) {
      return target.equals("conversation") && targetId.equals(id);
    }
  }

  /**
   * Everything that was recorded or told before a time (in epoch nanoseconds), and what is left of
   * what had gone before; but for how instances that run began. Of a trace only the part before it.
   */
  record Before(long epochNanos) implements Subject {
    @Override
    public boolean has(Map<String, Object> attributes) {
      return false;
    }

    @Override
    public boolean isTarget(String target, String targetId) {
      return false;
    }
  }
}
