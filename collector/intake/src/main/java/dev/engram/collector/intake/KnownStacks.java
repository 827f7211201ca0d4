package dev.engram.collector.intake;

import dev.engram.agent.record.StackFrame;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StoreReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stacks one instance has sent, so that an exception that refers to one gets its frames back.
 * Keeps the latest in memory, and asks the store for older ones and after a restart.
 */
final class KnownStacks {
  /**
   * Twice what two batches bring of exceptions, which the store may not have yet. Where each brings
   * many stacks one may be forgotten all the same: what refers to it is grouped by type and
   * message.
   */
  private static final int KEPT = 4 * BatchDraft.MAX_EXCEPTIONS;

  private final InstanceId instance;
  private final StoreReader reader;
  private final Map<Long, List<StackFrame>> frames =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<StackFrame>> eldest) {
          return size() > KEPT;
        }
      };

  KnownStacks(InstanceId instance, StoreReader reader) {
    this.instance = instance;
    this.reader = reader;
  }

  /** The throwable with its frames and those of its causes; null when one is not known. */
  @Nullable ThrowableShape resolve(ThrowableShape thrown) {
    List<StackFrame> own = framesOf(thrown);
    ThrowableShape cause = thrown.cause() == null ? null : resolve(thrown.cause());
    if (own == null || (cause == null && thrown.cause() != null)) {
      return null;
    }
    thrown.suppressed().forEach(this::remember);
    return new ThrowableShape(
        thrown.type(),
        thrown.message(),
        thrown.stackHash(),
        own,
        thrown.omittedFrames(),
        cause,
        thrown.suppressed());
  }

  private void remember(ThrowableShape thrown) {
    framesOf(thrown);
    if (thrown.cause() != null) {
      remember(thrown.cause());
    }
    thrown.suppressed().forEach(this::remember);
  }

  private @Nullable List<StackFrame> framesOf(ThrowableShape thrown) {
    long hash = thrown.stackHash();
    if (hash == 0) {
      return thrown.frames();
    }
    if (!thrown.frames().isEmpty()) {
      frames.put(hash, thrown.frames());
      return thrown.frames();
    }
    @Nullable List<StackFrame> known = frames.get(hash);
    if (known == null) {
      known = stored(hash);
    }
    return known;
  }

  private @Nullable List<StackFrame> stored(long hash) {
    @Nullable List<StackFrame> stored =
        reader
            .frames(instance, hash)
            .map(lines -> lines.stream().map(StackFrame::parse).toList())
            .orElse(null);
    if (stored != null) {
      frames.put(hash, stored);
    }
    return stored;
  }
}
