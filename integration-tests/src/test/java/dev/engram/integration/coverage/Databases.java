package dev.engram.integration.coverage;

import dev.engram.integration.harness.Fixture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The databases, pools and mappers of the matrix, the latest version of each last. */
final class Databases {
  /**
   * An application that uses a database.
   *
   * @param pool the pool it uses, or null for one that is not read
   * @param scheme of its JDBC URL
   * @param system as OpenTelemetry calls the database
   * @param spans path of each route, in order, to the names of the spans below its request
   */
  record DatabaseFixture(
      Fixture fixture,
      @Nullable Fixture pool,
      String scheme,
      String system,
      Map<String, List<String>> spans) {
    @Override
    public String toString() {
      return fixture + (pool == null ? "" : " by " + pool);
    }
  }

  private static final String JDBC =
      """
      /prepared INSERT orders, SELECT orders
      /plain SELECT orders, UPDATE orders
      /batch BATCH INSERT orders
      /large-batch BATCH UPDATE orders
      /large-update UPDATE orders
      /failing-batch BATCH INSERT orders
      /commit INSERT orders, INSERT orders, COMMIT
      /rollback INSERT orders, ROLLBACK
      /duplicate INSERT orders
      /refused SELECT nowhere, SELECT orders, SELECT orders, INSERT people, INSERT people, INSERT people, INSERT orders, BATCH INSERT people
      /closed-twice SELECT orders
      /huge SELECT orders
      """;

  /** Not known to DBCP 2.0, whose statements refuse it as the JDK's interface does. */
  private static final String LARGE =
      """
      /large-batch BATCH UPDATE orders
      /large-update UPDATE orders
      """;

  /** Where the pool rolls back what it gets back: Tomcat's does not. */
  private static final String LEFT_OPEN = "/left-open INSERT orders, ROLLBACK\n";

  /** Where the database knows procedures: SQLite does not. */
  private static final String CALL = "/call CALL abs\n";

  private static final String HIBERNATE =
      """
      /persist INSERT orders, COMMIT
      /persist-many BATCH INSERT orders, COMMIT
      /find SELECT orders, COMMIT
      /query SELECT orders, COMMIT
      /fails INSERT orders, ROLLBACK
      """;

  private static final String SPRING_DATA =
      """
      /persist SELECT orders, INSERT orders, COMMIT
      /persist-many SELECT orders, SELECT orders, SELECT orders, INSERT orders, INSERT orders, INSERT orders, COMMIT
      /find SELECT orders, COMMIT
      /query SELECT orders
      /fails SELECT orders, INSERT orders, ROLLBACK
      """;

  private Databases() {}

  static List<DatabaseFixture> all() {
    return List.of(
        h2("1.4.200", "4.0.3"),
        h2("2.5.252", "7.1.0"),
        sqlite("3.46.1.0", "9.0.1"),
        sqlite("3.54.1.0", "11.0.27"),
        postgresql("42.2.29", "2.0", JDBC.replace(LARGE, "")),
        postgresql("42.7.14", "2.14.0", JDBC),
        hibernate("6.1.7.Final"),
        hibernate("6.6.42.Final"),
        hibernate("7.4.15.Final"),
        springData("3.5.16"),
        springData("4.1.2"));
  }

  private static DatabaseFixture h2(String version, String pool) {
    return jdbc(
        "H2",
        "com.h2database:h2:" + version,
        "HikariCP",
        "com.zaxxer:HikariCP:" + pool,
        "h2",
        "h2database",
        JDBC + LEFT_OPEN + CALL);
  }

  private static DatabaseFixture sqlite(String version, String pool) {
    return jdbc(
        "SQLite",
        "org.xerial:sqlite-jdbc:" + version,
        "Tomcat JDBC",
        "org.apache.tomcat:tomcat-jdbc:" + pool,
        "sqlite",
        "sqlite",
        JDBC);
  }

  private static DatabaseFixture postgresql(String version, String pool, String spans) {
    return jdbc(
        "PostgreSQL",
        "org.postgresql:postgresql:" + version,
        "Commons DBCP 2",
        "org.apache.commons:commons-dbcp2:" + pool,
        "postgresql",
        "postgresql",
        spans + LEFT_OPEN + CALL);
  }

  private static DatabaseFixture jdbc(
      String database,
      String driver,
      String pool,
      String poolArtifact,
      String scheme,
      String system,
      String spans) {
    String folder = poolArtifact.split(":")[1].replace("commons-", "").toLowerCase(Locale.ROOT);
    Fixture pooled = Fixture.of(pool, version(poolArtifact), folder);
    Fixture fixture =
        Fixture.of(
                database,
                version(driver),
                folder,
                driver,
                poolArtifact,
                "org.slf4j:slf4j-nop:1.7.36")
            .with("jdbc")
            .with("routes");
    return new DatabaseFixture(fixture, pooled, scheme, system, spans(spans));
  }

  private static DatabaseFixture hibernate(String version) {
    return new DatabaseFixture(
        Fixture.of(
                "Hibernate",
                version,
                "hibernate",
                "org.hibernate.orm:hibernate-core:" + version,
                "com.h2database:h2:2.4.240")
            .with("jpa")
            .with("routes")
            .release(17),
        null,
        "h2",
        "h2database",
        spans(HIBERNATE));
  }

  private static DatabaseFixture springData(String version) {
    return new DatabaseFixture(
        Fixture.of(
                "Spring Data JPA (Boot)",
                version,
                "spring-data-jpa",
                "org.springframework.boot:spring-boot-starter-data-jpa:" + version,
                "com.h2database:h2:2.4.240")
            .with("jpa")
            .with("routes")
            .release(17),
        null,
        "h2",
        "h2database",
        spans(SPRING_DATA));
  }

  private static String version(String coordinates) {
    return coordinates.substring(coordinates.lastIndexOf(':') + 1);
  }

  private static Map<String, List<String>> spans(String text) {
    Map<String, List<String>> spans = new LinkedHashMap<>();
    for (String route : text.strip().split("\n")) {
      int end = route.indexOf(' ');
      spans.put(route.substring(0, end), List.of(route.substring(end + 1).split(", ")));
    }
    return spans;
  }
}
