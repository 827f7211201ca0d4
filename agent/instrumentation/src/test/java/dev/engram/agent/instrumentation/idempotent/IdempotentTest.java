package dev.engram.agent.instrumentation.idempotent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.acme.shop.Prices;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import io.netty.channel.DefaultEventLoop;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Where a failed method runs again, with a remedy in force that would have it so. */
class IdempotentTest {
  private static final String ACTION = Remedy.retry("method com.acme.shop.Prices#load");

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final JdbcDataSource database = new JdbcDataSource();
  private final Prices prices = new Prices();
  private final AtomicInteger runs = new AtomicInteger();
  private @Nullable OpenSpan request;

  @BeforeEach
  void learn() {
    database.setURL("jdbc:h2:mem:");
    Healing.start(name -> name.startsWith("com.acme."), HealLevel.OBSERVE);
    Healing.seesTransactions(() -> true);
    begin("/");
    load(this::fail);
    long fingerprint = run.all(RemedyAttemptRecord.class).findFirst().orElseThrow().fingerprint();
    end();
    runs.set(0);
    Healing.level(HealLevel.AUTO);
    Remedy remedy =
        new Remedy("R-000000000002", ACTION, fingerprint, Remedy.State.ACTIVE, 1, 2, 1, 1);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }

  @AfterEach
  void stop() {
    end();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
  }

  @Test
  void inARequest_runsAgain() {
    begin("/");
    load(this::fail);

    assertThat(runs).hasValue(2);
  }

  @Test
  void inNoRequest_orInOneThatIsIgnored_runsOnce() {
    load(this::fail);
    begin("/favicon.ico");
    load(this::fail);

    assertThat(runs).hasValue(2);
  }

  @Test
  void inATransaction_alsoOneWithoutAStatementYet_runsOnce() throws SQLException {
    begin("/");
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      load(this::fail);
      assertThat(runs).hasValue(1);

      connection.setAutoCommit(true);
      load(this::fail);
      assertThat(runs).hasValue(3);
    }
  }

  @Test
  void thatRollsBackTheTransactionOfItsCaller_runsOnce() throws SQLException {
    begin("/");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE sold (item INT)");
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO sold VALUES (1)");
      load(
          () -> {
            connection.rollback();
            return fail();
          });
    }

    assertThat(runs).hasValue(1);
  }

  @Test
  void inATransactionFromBeforeTheRequest_runsOnce() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      begin("/");
      load(this::fail);
      end();
      connection.setAutoCommit(true);
    }

    assertThat(runs).hasValue(1);
  }

  @Test
  void inATransactionOfSpring_runsOnce_alsoWhereNothingElseSeesIt() {
    TransactionTemplate template =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    begin("/");
    run.without("jdbc", () -> template.executeWithoutResult(transaction -> load(this::fail)));
    assertThat(runs).hasValue(1);

    load(this::fail);
    assertThat(runs).hasValue(3);
  }

  /** Such as where a server's class, which sees no Spring, calls on behalf of an application. */
  @Test
  void springOfTheThreadsContext_isAskedToo() {
    TransactionTemplate template =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    begin("/");
    run.without(
        "jdbc",
        () ->
            template.executeWithoutResult(
                transaction -> assertThat(Healing.begin(Object.class)).isNull()));

    assertThat(Healing.begin(Object.class)).isNotNull();
  }

  @Test
  void whereAMonitorIsHeld_runsOnce() throws Exception {
    begin("/");
    assertThat(catchThrowable(() -> prices.loadAlone(this::fail))).isInstanceOf(IOException.class);
    assertThat(runs).hasValue(1);

    catchThrowable(() -> prices.loadInto(new ConcurrentHashMap<>(), this::fail));
    assertThat(runs).hasValue(2);
  }

  @Test
  void onAThreadThatServesOthers_runsOnce() {
    assertThat(runsOn(reactor.core.scheduler.Schedulers.parallel()::schedule)).isEqualTo(1);
    assertThat(runsOn(Schedulers.computation()::scheduleDirect)).isEqualTo(1);
    DefaultEventLoop loop = new DefaultEventLoop();
    assertThat(runsOn(loop)).isEqualTo(1);
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);

    assertThat(runsOn(reactor.core.scheduler.Schedulers.boundedElastic()::schedule)).isEqualTo(2);
    var plain = Executors.newSingleThreadExecutor();
    assertThat(runsOn(plain)).isEqualTo(2);
    plain.shutdown();
  }

  private int runsOn(Executor threads) {
    runs.set(0);
    CompletableFuture.runAsync(
            () -> {
              OpenSpan here = opened("/");
              load(this::fail);
              here.leave();
              here.end();
            },
            threads)
        .join();
    return runs.get();
  }

  private long fail() throws IOException {
    runs.incrementAndGet();
    throw new IOException("the price service does not answer");
  }

  private void load(Prices.Source source) {
    assertThat(catchThrowable(() -> prices.load(source))).isInstanceOf(IOException.class);
  }

  private void begin(String path) {
    request = opened(path);
  }

  private void end() {
    if (request != null) {
      request.leave();
      request.end();
      request = null;
    }
  }

  private static OpenSpan opened(String path) {
    OpenSpan span =
        path.equals("/")
            ? Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")
            : Tracing.openRequest("GET", path, "GET " + path);
    return Objects.requireNonNull(span).enter();
  }
}
