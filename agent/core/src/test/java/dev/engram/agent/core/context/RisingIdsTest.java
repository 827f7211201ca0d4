package dev.engram.agent.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RisingIdsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T11:00:00Z");
  private static final long NANOS = NOW.getEpochSecond() * 1_000_000_000L + 999_999_999;

  @Test
  void traceId_beginsWithItsSecond_andIsRandomFromThereOn() {
    long id = RisingIds.traceIdHigh(NANOS);

    assertThat(id >>> 32).isEqualTo(NOW.getEpochSecond());
    assertThat(RisingIds.traceIdHigh(NANOS)).isNotEqualTo(id);
    assertThat(RisingIds.traceIdLow()).isNotZero().isNotEqualTo(RisingIds.traceIdLow());
  }

  @Test
  void spanId_beginsWithTheEndOfItsSecond() {
    assertThat(RisingIds.spanId(NANOS) >>> 40).isEqualTo(NOW.getEpochSecond() & 0xFF_FFFF);
  }

  @Test
  void spanIds_ofTheSameSecond_differ() {
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(RisingIds.spanId(NANOS));
    }

    assertThat(ids).doesNotContain(0L).hasSizeGreaterThan(9_990);
  }
}
