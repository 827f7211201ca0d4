package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ScratchPoolTest {
  @Test
  void scratch_isNeverHeldTwice() throws Exception {
    ScratchPool pool = new ScratchPool(4);
    Set<Scratch> held =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    Callable<Integer> work =
        () -> {
          int shared = 0;
          for (int i = 0; i < 50_000; i++) {
            Scratch scratch = pool.acquire();
            shared += held.add(scratch) ? 0 : 1;
            scratch.record().putLong(0, i);
            Thread.yield();
            shared += scratch.record().getLong(0) == i ? 0 : 1;
            held.remove(scratch);
            pool.release(scratch);
          }
          return shared;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Integer> shared : threads.invokeAll(Collections.nCopies(8, work))) {
        assertThat(shared.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void exhaustedPool_givesFreshOnesAndKeepsNoMoreThanItsSize() {
    ScratchPool pool = new ScratchPool(4);
    List<Scratch> first = acquire(pool, 12);
    first.forEach(pool::release);
    List<Scratch> second = acquire(pool, 12);
    assertThat(second.stream().filter(first::contains)).hasSize(4);
  }

  @Test
  void grownBuffer_isNotKept() {
    ScratchPool pool = new ScratchPool(4);
    List<Scratch> all = acquire(pool, 4);
    all.forEach(scratch -> scratch.record().putByte(1 << 20, (byte) 1));
    all.forEach(pool::release);
    assertThat(acquire(pool, 4))
        .allSatisfy(scratch -> assertThat(scratch.record().capacity()).isLessThan(4096));
  }

  private static List<Scratch> acquire(ScratchPool pool, int count) {
    List<Scratch> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(pool.acquire());
    }
    assertThat(taken).doesNotHaveDuplicates();
    return taken;
  }
}
