package dev.engram.agent.instrumentation.hikaricp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.ResizedPools;
import dev.engram.agent.instrumentation.RecordedRun;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool of HikariCP that is too small, between users who never rest. */
class ResizedPoolTest {
  private static final Duration LOOKS_EVERY = Duration.ofMillis(20);

  /** On a busy machine uses may seem to take longer; then the pool is left alone for 600 looks. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private static final long USE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger users = new AtomicInteger();
  private final AtomicInteger uses = new AtomicInteger();
  private HikariDataSource source;
  private HikariPoolMXBean pool;

  @BeforeEach
  void open() {
    ResizedPools.start("shop", 100);
    Healing.start(className -> true, HealLevel.AUTO);
    Remedy remedy =
        new Remedy("R-000000000001", "resize pool shop/small", 0, Remedy.State.ACTIVE, 1);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(10));
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:small");
    config.setPoolName("small");
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(60_000);
    source = new HikariDataSource(config);
    pool = source.getHikariPoolMXBean();
  }

  @AfterEach
  void close() throws InterruptedException {
    users.set(0);
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    ResizedPools.end();
    source.close();
  }

  @Test
  void itIsLargerWhileItsConnectionsDoNotSuffice_andHasItsOwnSizeBackWithNothingTooMuch() {
    user(1);
    lookUntil("what is usual is known", () -> uses.get() >= 50);
    user(2);
    user(3);
    user(4);
    lookUntil("all have a connection", () -> pool.getTotalConnections() == 4);
    assertThat(source.getMaximumPoolSize()).isEqualTo(4);

    Healing.level(HealLevel.OFF);
    ResizedPools.beat();
    assertThat(source.getMaximumPoolSize()).isEqualTo(2);
    lookUntil("the others were taken out", () -> pool.getTotalConnections() == 2);
    int before = uses.get();
    lookUntil("all go on", () -> uses.get() >= before + 40);
    assertThat(pool.getTotalConnections()).isEqualTo(2);
  }

  private static void lookUntil(String what, Callable<Boolean> holds) {
    await(what)
        .atMost(LONGEST)
        .pollInterval(LOOKS_EVERY)
        .until(
            () -> {
              ResizedPools.beat();
              return holds.call();
            });
  }

  private void user(int number) {
    users.set(number);
    threads.execute(
        () -> {
          while (users.get() >= number) {
            use();
          }
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
