package dev.engram.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.ResizedPools;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Users of a pool who never rest, and who looks at it meanwhile. */
public final class PoolUsers {
  private static final Duration LOOKS_EVERY = Duration.ofMillis(20);

  /** On a busy machine uses may seem to take longer; then the pool is left alone for 600 looks. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private static final long USE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger users = new AtomicInteger();
  private final AtomicInteger uses = new AtomicInteger();
  private final DataSource source;

  private PoolUsers(DataSource source) {
    this.source = source;
  }

  /** Pools that are made from now on are looked at; none is resized yet. */
  public static void expect() {
    ResizedPools.start("shop", 100);
    Healing.start(className -> true, HealLevel.AUTO);
  }

  /** The users of a pool of this name, which may be resized from now on. */
  public static PoolUsers of(DataSource source, String name) {
    Remedy remedy =
        new Remedy("R-000000000001", "resize pool shop/" + name, 0, Remedy.State.ACTIVE, 1);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(10));
    return new PoolUsers(source);
  }

  /** All of them, from now on. */
  public void rest() {
    users.set(0);
  }

  /** They are gone, and nobody looks any more. */
  public void end() throws InterruptedException {
    rest();
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    ResizedPools.end();
  }

  public int uses() {
    return uses.get();
  }

  /** One more, of this number. */
  public void user(int number) {
    users.set(number);
    threads.execute(
        () -> {
          while (users.get() >= number) {
            use();
          }
        });
  }

  public static void lookUntil(String what, Callable<Boolean> holds) {
    await(what)
        .atMost(LONGEST)
        .pollInterval(LOOKS_EVERY)
        .until(
            () -> {
              ResizedPools.beat();
              return holds.call();
            });
  }

  private void use() {
    try (Connection connection = source.getConnection()) {
      LockSupport.parkNanos(USE_NANOS);
      assertThat(connection.isClosed()).isFalse();
      uses.incrementAndGet();
    } catch (SQLException refused) {
      throw new IllegalStateException(refused);
    }
  }
}
