package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1                          | h2database           | shop | -       | 0
          jdbc:h2:./data/shop                                         | h2database           | shop | -       | 0
          jdbc:h2:tcp://db1:9092/shop                                 | h2database           | shop | db1     | 9092
          jdbc:sqlite:/var/lib/shop.db                                | sqlite               | shop.db | -    | 0
          jdbc:postgresql://db1:5433/shop?user=u&password=p           | postgresql           | shop | db1     | 5433
          jdbc:postgresql://db1,db2/shop                              | postgresql           | shop | db1     | 0
          jdbc:mysql://u:p@db1:3307/shop                              | mysql                | shop | db1     | 3307
          jdbc:mariadb://[::1]:3306/shop                              | mariadb              | shop | [::1]   | 3306
          jdbc:sqlserver://db1:1433;databaseName=shop;password=p      | microsoft.sql_server | shop | db1     | 1433
          jdbc:oracle:thin:@db1:1521:shop                             | oracle.db            | shop | db1     | 1521
          jdbc:oracle:thin:@//db1:1521/shop                           | oracle.db            | shop | db1     | 1521
          jdbc:db2://db1:50000/shop:password=p;user=u;                | ibm.db2              | shop | db1     | 50000
          jdbc:db2:shop:password=p;                                   | ibm.db2              | shop | -       | 0
          jdbc:mysql://address=(host=db1)(password=p)/shop            | mysql                | shop | -       | 0
          jdbc:mysql://(host=db1,port=3306,password=p)/shop           | mysql                | shop | -       | 0
          jdbc:oracle:thin:u/p@db1:1521:shop?password=p               | oracle.db            | shop | db1     | 1521
          jdbc:oracle:thin:@(D=(X=/w/o)(PASSWORD=p)(HOST=db1))        | oracle.db            | -    | -       | 0
          jdbc:strange:thing                                          | other_sql            | thing | -      | 0
          """)
  void url_saysWhichDatabase(String url, String system, String namespace, String host, int port) {
    assertThat(JdbcUrl.parse(url)).isEqualTo(new Database(system, namespace, host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jdbc:", "jdbc:h2", "jdbc:mysql://", "odbc:x", "jdbc:oracle:thin:@"})
  void oddUrl_isNoError(String url) {
    assertThat(JdbcUrl.parse(url).namespace()).isNull();
  }
}
