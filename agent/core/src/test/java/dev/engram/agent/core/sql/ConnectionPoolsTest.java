package dev.engram.agent.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionPoolsTest {
  private static final PoolState STATE = new PoolState(1, 2, 3, 4);

  @Test
  void pool_isReadUntilItIsClosed() {
    AtomicBoolean open = new AtomicBoolean(true);
    PoolReader reader = pool -> ((AtomicBoolean) pool).get() ? STATE : null;
    ConnectionPools.add("closed later", open, reader);
    assertThat(read()).containsEntry("closed later", STATE);

    open.set(false);
    assertThat(read()).doesNotContainKey("closed later");
    open.set(true);
    assertThat(read()).doesNotContainKey("closed later");
  }

  @Test
  void poolThatNobodyClosed_isNotKept() {
    PoolReader reader = pool -> STATE;
    ConnectionPools.add("forgotten", new Object(), reader);
    await()
        .until(
            () -> {
              System.gc();
              return !read().containsKey("forgotten");
            });
    assertThat(reader.read("")).isEqualTo(STATE);
  }

  @Test
  void readerOfAnUnloadedApplication_isNotKept() {
    Object pool = new Object();
    ConnectionPools.add("unloaded", pool, new Reader());
    await()
        .until(
            () -> {
              System.gc();
              return !read().containsKey("unloaded");
            });
    assertThat(pool).isNotNull();
  }

  @Test
  void poolThatCannotBeRead_doesNotHinderOthers() {
    PoolReader failing =
        pool -> {
          throw new NoSuchMethodError("getActive");
        };
    PoolReader reader = pool -> STATE;
    Object pool = new Object();
    ConnectionPools.add("of another version", pool, failing);
    ConnectionPools.add("readable", pool, reader);

    assertThat(read()).containsKey("readable").doesNotContainKey("of another version");
    assertThat(failing).isNotSameAs(reader);
  }

  @Test
  void poolThatFailsToTellOnce_isReadAgain() {
    AtomicBoolean broken = new AtomicBoolean(true);
    PoolReader reader =
        pool -> {
          if (((AtomicBoolean) pool).get()) {
            throw new IllegalStateException("it grows just now");
          }
          return STATE;
        };
    ConnectionPools.add("growing", broken, reader);
    assertThat(read()).doesNotContainKey("growing");

    broken.set(false);
    assertThat(read()).containsEntry("growing", STATE);
  }

  @Test
  void namesOfUnnamedPools_differ() {
    assertThat(ConnectionPools.nameOf("pool")).isNotEqualTo(ConnectionPools.nameOf("pool"));
  }

  private static Map<String, PoolState> read() {
    Map<String, PoolState> read = new TreeMap<>();
    ConnectionPools.read(read::put);
    return read;
  }

  /** Unlike a lambda without captured values, no class keeps an instance of it. */
  private static final class Reader implements PoolReader {
    @Override
    public @Nullable PoolState read(Object pool) {
      return STATE;
    }
  }
}
