package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.testkit.ProcessorTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTemplateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Order 17 of a@b.org not found | Order <number> of <email> not found",
        "see https://example.org/a?b=c&d=1 now | see <url> now",
        "jdbc:postgresql://db:5432/x?user=a refused | <url> refused",
        "connect to 10.0.0.1:8080 failed | connect to <ip> failed",
        "peer fe80::1:2 gone | peer <ip> gone",
        "id 550e8400-e29b-41d4-a716-446655440000. | id <uuid>.",
        "GET /orders/550e8400-e29b-41d4-a716-446655440000/items/3 | GET /orders/<uuid>/items/<number>",
        "at 2024-01-02T10:11:12.123Z, again | at <date>, again",
        "due 01/02/2024 at 10:11:12 | due <date> at <date>",
        "after 30s or 1.5ms or PT20M | after <duration> or <duration> or <duration>",
        "timeout=30000ms | timeout=<duration>",
        "hash 0xdeadbeef and 9f86d081884c7d65 | hash <hex> and <hex>",
        "com.acme.Foo@1a2b3c4d | com.acme.Foo@<hex>",
        "Index 5 out of bounds for length 3 | Index <number> out of bounds for length <number>",
        "-3.5e10 and +7 and 50% | <number> and <number> and <number>",
        "For input string: \"abc\" | For input string: <quoted>",
        "Cannot invoke 'x.y()' now | Cannot invoke <quoted> now",
        "can't and won't | can't and won't",
        "Base64 and UTF8 and SHA256 stay | Base64 and UTF8 and SHA256 stay",
        "customer1234567 | customer<number>",
        "many   blanks | many blanks",
        "a \" quote alone | a \" quote alone",
      })
  void values_areMasked(String message, String template) {
    assertThat(MessageTemplate.of(message)).isEqualTo(template);
  }

  @Test
  void linesBelowTheFirst_areNoPartOfIt() {
    assertThat(MessageTemplate.of("\n \nOrder 17 failed\nDetail: key (id)=(5)"))
        .isEqualTo("Order <number> failed");
  }

  @Test
  void nothing_isEmpty() {
    assertThat(MessageTemplate.of(null)).isEmpty();
    assertThat(MessageTemplate.of("")).isEmpty();
    assertThat(MessageTemplate.of(" \n\t")).isEmpty();
  }

  @Test
  void oddTexts_areSurvived() {
    for (String odd : new String[] {"P", "://", "@", "'", "-", "0x", "\uD800", "\0", "a://", "%"}) {
      assertThat(MessageTemplate.of(odd)).isNotNull();
    }
  }

  @Test
  void hugeAndHostileMessages_takeLittleTime() {
    for (String piece : new String[] {"'", "\"a", "1:", "a@", "0x1", "-", "://", "1.1.", "\t"}) {
      String message = piece.repeat(2_000_000 / piece.length());
      ProcessorTime.assertWithin(
          Duration.ofSeconds(10),
          piece,
          () -> {
            for (int i = 0; i < 20; i++) {
              assertThat(MessageTemplate.of(message).length()).isLessThan(40_000);
            }
          });
    }
  }
}
