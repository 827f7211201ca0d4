package dev.engram.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryUseTest {
  private static final List<String> SMAPS =
      List.of(
          "7f00-7f01 rw-p 00000000 00:00 0 ",
          "Size:                200 kB",
          "Rss:                 100 kB",
          "Pss:                  50 kB",
          "Anonymous:            80 kB",
          "VmFlags: rd wr",
          "7f02-7f03 rw-s 00000000 fe:00 1  /home/a/.engram/instances/s@1/ring",
          "Rss:                  24 kB",
          "Anonymous:             0 kB",
          "7f04-7f05 r-xp 00000000 fe:00 2  /lib/libc.so.6",
          "Rss:                  10 kB",
          "Anonymous:             4 kB");

  @Test
  void parse_sumsUpMappings_andTellsOursApart() {
    assertThat(MemoryUse.parse(SMAPS, "/home/a/.engram"))
        .isEqualTo(new MemoryUse(134 << 10, 84 << 10, 24 << 10));
  }
}
