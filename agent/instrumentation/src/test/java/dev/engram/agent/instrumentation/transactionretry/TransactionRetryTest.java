package dev.engram.agent.instrumentation.transactionretry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.acme.shop.Stock;
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
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.interceptor.MatchAlwaysTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Where a transactional method of a bean runs again, in a transaction of its own each time. */
class TransactionRetryTest {
  private static final String ACTION = Remedy.retry("method com.acme.shop.Stock$InDatabase#take");

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final JdbcDataSource database = new JdbcDataSource();
  private final AtomicInteger runs = new AtomicInteger();
  private int failures;
  private JdbcTemplate template;
  private DataSourceTransactionManager transactions;
  private @Nullable OpenSpan request;

  @BeforeEach
  void learn() {
    database.setURL("jdbc:h2:mem:stock;DB_CLOSE_DELAY=-1");
    template = new JdbcTemplate(database);
    transactions = new DataSourceTransactionManager(database);
    template.execute("CREATE TABLE IF NOT EXISTS taken (item INT)");
    template.execute("DELETE FROM taken");
    Healing.start(name -> name.startsWith("com.acme."), HealLevel.OBSERVE);
    Healing.seesTransactions(() -> true);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
    failures = 1;
    assertThat(catchThrowable(() -> stock(true).take(1)))
        .isInstanceOf(CannotAcquireLockException.class);
    List<RemedyAttemptRecord> observed = run.all(RemedyAttemptRecord.class).toList();
    assertThat(observed).extracting(RemedyAttemptRecord::remedyId).containsExactly(ACTION);
    runs.set(0);
    Remedy remedy =
        new Remedy(
            "R-000000000004",
            ACTION,
            observed.get(0).fingerprint(),
            Remedy.State.ACTIVE,
            1,
            3,
            1,
            1);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
    Healing.level(HealLevel.AUTO);
  }

  @AfterEach
  void stop() {
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    if (request != null) {
      request.leave();
      request.end();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void idempotentMethod_runsAgain_andWhatItDidBefore_isRolledBack(boolean byClass)
      throws Exception {
    failures = 2;

    assertThat(stock(byClass).take(7)).isEqualTo(7);
    assertThat(runs).hasValue(3);
    assertThat(taken()).containsExactly(7);
  }

  @Test
  void methodThatIsNotDeclaredSo_runsOnce() {
    failures = 1;

    assertThat(catchThrowable(() -> stock(true).takeUndeclared(7))).isNotNull();
    assertThat(runs).hasValue(1);
    assertThat(taken()).isEmpty();
  }

  /** Proxies of the same interfaces are of one class. */
  @Test
  void beanOfTheSameInterface_whoseMethodIsNotDeclaredSo_runsOnce() throws Exception {
    failures = 0;
    stock(false).take(1);
    failures = 1;
    runs.set(0);

    assertThat(catchThrowable(() -> proxied(new Stock.Once(this::take), false).take(7)))
        .isNotNull();
    assertThat(runs).hasValue(1);
  }

  @Test
  void inTheTransactionOfItsCaller_runsOnce() {
    failures = 1;
    Stock stock = stock(true);

    assertThat(
            catchThrowable(
                () ->
                    new TransactionTemplate(transactions)
                        .execute(transaction -> unchecked(() -> stock.take(7)))))
        .isNotNull();
    assertThat(runs).hasValue(1);
    assertThat(taken()).isEmpty();
  }

  @Test
  void commitThatFails_isBegunAnew() throws Exception {
    AtomicInteger commits = new AtomicInteger();
    transactions =
        new DataSourceTransactionManager(database) {
          @Override
          protected void doCommit(DefaultTransactionStatus status) {
            if (commits.incrementAndGet() == 1) {
              throw failure();
            }
            super.doCommit(status);
          }
        };
    transactions.setRollbackOnCommitFailure(true);
    failures = 0;

    assertThat(stock(true).take(7)).isEqualTo(7);
    assertThat(runs).hasValue(2);
    assertThat(taken()).containsExactly(7);
  }

  private Stock stock(boolean byClass) {
    return proxied(new Stock.InDatabase(this::take), byClass);
  }

  private Stock proxied(Stock bean, boolean byClass) {
    ProxyFactory proxies = new ProxyFactory(bean);
    proxies.setProxyTargetClass(byClass);
    proxies.addAdvice(
        new TransactionInterceptor(transactions, new MatchAlwaysTransactionAttributeSource()));
    return (Stock) proxies.getProxy();
  }

  private int take(int item) {
    runs.incrementAndGet();
    template.update("INSERT INTO taken VALUES (?)", item);
    if (failures > 0) {
      failures--;
      throw failure();
    }
    return item;
  }

  private static CannotAcquireLockException failure() {
    return new CannotAcquireLockException("somebody else has it");
  }

  private List<Integer> taken() {
    return template.queryForList("SELECT item FROM taken", Integer.class);
  }

  private static int unchecked(Callable<Integer> work) {
    try {
      return work.call();
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
