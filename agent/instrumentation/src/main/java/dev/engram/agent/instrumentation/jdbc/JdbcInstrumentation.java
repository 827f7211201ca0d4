package dev.engram.agent.instrumentation.jdbc;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isInterface;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.isSynchronized;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.util.List;
import java.util.Properties;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Hooks statements, connections and their sources, of every driver, pool and wrapper. */
public final class JdbcInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.jdbc.";
  private static final String STATEMENT = "java.sql.Statement";
  private static final String CONNECTION = "java.sql.Connection";
  private static final String SPRING = "org.springframework.jdbc.core.";

  private static final String[] MAY_BE_STREAMS = {
    "java.io.InputStream", "java.io.Reader", "java.lang.Object",
  };

  /**
   * SQLite's driver declares the methods in super classes of those that implement JDBC's types, so
   * that no condition on one class finds them.
   */
  private static final String[] SQLITE_STATEMENTS = {
    "org.sqlite.jdbc3.JDBC3Statement", "org.sqlite.jdbc4.JDBC4Statement",
  };

  private static final String[] SQLITE_ROWS = {
    "org.sqlite.jdbc3.JDBC3ResultSet", "org.sqlite.jdbc4.JDBC4ResultSet",
  };

  /** Likewise. */
  private static final String[] SOURCES = {
    "org.apache.tomcat.jdbc.pool.DataSourceProxy", "org.postgresql.ds.common.BaseDataSource",
  };

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    TypeInstrumentation statements = statements();
    TypeInstrumentation rows = rows();
    TypeInstrumentation sources = sources();
    List<MethodAdvice> selects = selects();
    return List.of(
        statements,
        new TypeInstrumentation(TypeMatch.named(SQLITE_STATEMENTS), statements.advice()),
        TypeInstrumentation.repeating(statements.types(), selects.toArray(MethodAdvice[]::new)),
        TypeInstrumentation.repeating(
            TypeMatch.named(SQLITE_STATEMENTS), selects.toArray(MethodAdvice[]::new)),
        templates(),
        connections(),
        sources,
        new TypeInstrumentation(TypeMatch.named(SOURCES), sources.advice()),
        drivers(),
        rows,
        new TypeInstrumentation(TypeMatch.named(SQLITE_ROWS), rows.advice()));
  }

  private static TypeInstrumentation statements() {
    ElementMatcher.Junction<MethodDescription> execute =
        concrete(namedOneOf("execute", "executeQuery", "executeUpdate", "executeLargeUpdate"));
    ElementMatcher.Junction<MethodDescription> withText =
        execute.and(takesArgument(0, String.class));
    ElementMatcher.Junction<MethodDescription> prepared = execute.and(takesNoArguments());
    ElementMatcher.Junction<MethodDescription> batch =
        concrete(namedOneOf("executeBatch", "executeLargeBatch")).and(takesNoArguments());
    ElementMatcher.Junction<MethodDescription> addBatch =
        concrete(named("addBatch")).and(takesArgument(0, String.class));
    return TypeInstrumentation.of(
        implementers(
            STATEMENT,
            withText.or(prepared).or(batch).or(addBatch),
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeLargeUpdate",
            "executeBatch",
            "executeLargeBatch",
            "addBatch"),
        new MethodAdvice(withText, HERE + "StatementAdvice"),
        new MethodAdvice(prepared, HERE + "PreparedStatementAdvice"),
        new MethodAdvice(batch, HERE + "BatchAdvice"),
        new MethodAdvice(addBatch, HERE + "AddBatchAdvice"),
        new MethodAdvice(noArguments("getResultSet"), HERE + "ResultSetAdvice"),
        new MethodAdvice(
            noArguments("getUpdateCount", "getLargeUpdateCount"), HERE + "UpdateCountAdvice"),
        new MethodAdvice(noArguments("close"), HERE + "CloseStatementAdvice"),
        new MethodAdvice(noArguments("cancel"), HERE + "CancelAdvice"),
        new MethodAdvice(
            concrete(nameStartsWith("set"))
                .and(takesArgument(0, int.class))
                .and(takesArgument(1, namedOneOf(MAY_BE_STREAMS)).or(named("setStructured"))),
            HERE + "StreamParameterAdvice"));
  }

  /** What waits in a synchronized method would hold its monitor. */
  private static List<MethodAdvice> selects() {
    ElementMatcher.Junction<MethodDescription> execute =
        concrete(namedOneOf("execute", "executeQuery")).and(not(isSynchronized()));
    return List.of(
        new MethodAdvice(execute.and(takesArguments(String.class)), HERE + "SelectRetryAdvice"),
        new MethodAdvice(execute.and(takesNoArguments()), HERE + "PreparedSelectRetryAdvice"));
  }

  /** The two that all others end in which read what is selected themselves. */
  private static TypeInstrumentation templates() {
    ElementMatcher.Junction<MethodDescription> query = concrete(named("query"));
    ElementMatcher.Junction<MethodDescription> text =
        query
            .and(takesArguments(2))
            .and(takesArgument(0, String.class))
            .and(takesArgument(1, named(SPRING + "ResultSetExtractor")));
    ElementMatcher.Junction<MethodDescription> prepared =
        query
            .and(takesArguments(3))
            .and(takesArgument(0, named(SPRING + "PreparedStatementCreator")))
            .and(takesArgument(2, named(SPRING + "ResultSetExtractor")));
    return TypeInstrumentation.repeating(
        TypeMatch.named(SPRING + "JdbcTemplate"),
        new MethodAdvice(text.or(prepared), HERE + "TemplateQueryAdvice"));
  }

  private static TypeInstrumentation connections() {
    ElementMatcher.Junction<MethodDescription> prepare =
        concrete(namedOneOf("prepareStatement", "prepareCall")).and(takesArgument(0, String.class));
    ElementMatcher.Junction<MethodDescription> end = noArguments("commit", "rollback");
    return TypeInstrumentation.of(
        implementers(
            CONNECTION, prepare.or(end), "prepareStatement", "prepareCall", "commit", "rollback"),
        new MethodAdvice(prepare, HERE + "PrepareAdvice"),
        new MethodAdvice(end, HERE + "TransactionEndAdvice"),
        new MethodAdvice(noArguments("close"), HERE + "CloseConnectionAdvice"),
        new MethodAdvice(
            concrete(named("setAutoCommit")).and(takesArguments(boolean.class)),
            HERE + "AutoCommitAdvice"));
  }

  private static TypeInstrumentation sources() {
    ElementMatcher.Junction<MethodDescription> get =
        concrete(named("getConnection"))
            .and(takesNoArguments().or(takesArguments(String.class, String.class)));
    return TypeInstrumentation.of(
        implementers("javax.sql.DataSource", get, "getConnection"),
        new MethodAdvice(get, HERE + "AcquisitionAdvice"));
  }

  private static TypeInstrumentation drivers() {
    ElementMatcher.Junction<MethodDescription> connect =
        concrete(named("connect")).and(takesArguments(String.class, Properties.class));
    return TypeInstrumentation.of(
        implementers("java.sql.Driver", connect, "connect"),
        new MethodAdvice(connect, HERE + "AcquisitionAdvice"));
  }

  /** Not found by {@code close()}, which half of all classes declare. */
  private static TypeInstrumentation rows() {
    ElementMatcher.Junction<MethodDescription> next =
        noArguments("next").and(returns(boolean.class));
    return TypeInstrumentation.of(
        implementers("java.sql.ResultSet", next, "next"),
        new MethodAdvice(next, HERE + "RowAdvice"),
        new MethodAdvice(noArguments("close"), HERE + "CloseRowsAdvice"));
  }

  private static ElementMatcher.Junction<MethodDescription> noArguments(String... names) {
    return concrete(namedOneOf(names)).and(takesNoArguments());
  }

  private static ElementMatcher.Junction<MethodDescription> concrete(
      ElementMatcher.Junction<MethodDescription> method) {
    return method.and(isPublic()).and(not(isAbstract()));
  }

  /**
   * The declared methods are looked at first: they are known, the super types must be read.
   *
   * @param names of the methods
   */
  private static TypeMatch implementers(
      String type, ElementMatcher.Junction<MethodDescription> method, String... names) {
    return TypeMatch.where(
            type, not(isInterface()).and(declaresMethod(method)).and(hasSuperType(named(type))))
        .mentioning(names);
  }
}
