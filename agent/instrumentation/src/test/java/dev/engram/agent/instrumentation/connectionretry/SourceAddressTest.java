package dev.engram.agent.instrumentation.connectionretry;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceAddressTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db.example:5432/shop?user=u&password=p,db.example:5432",
    "jdbc:mysql://u:p@db/shop,db",
    "jdbc:sqlserver://db:1433;password=p,db:1433",
    "jdbc:h2:mem:shop;PASSWORD=p,jdbc:h2:mem:shop",
  })
  void address_isWithoutUserPasswordAndOptions(String url, String address) {
    assertThat(SourceAddress.ofUrl(url)).isEqualTo(address);
  }

  @Test
  void pool_tellsItsUrl_andWhatTellsNone_isNamedByItsClass() {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl("jdbc:postgresql://db/shop");

      assertThat(SourceAddress.of(pool)).isEqualTo("db");
    }
    assertThat(SourceAddress.of("no source")).isEqualTo("java.lang.String");
  }

  @Test
  void getterOfTheApplication_isNotAsked() {
    try (Own pool = new Own()) {
      assertThat(SourceAddress.of(pool)).isEqualTo(Own.class.getName());
    }
  }

  /** As applications make them. */
  public static final class Own extends HikariDataSource {
    @Override
    public String getJdbcUrl() {
      throw new AssertionError("nobody asked for it");
    }
  }
}
