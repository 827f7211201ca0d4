package dev.engram.collector.intake;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory whose every store is announced before it is made, so that a crash may come between any
 * two; filling a range counts as two stores.
 */
final class SteppedBuffer {
  /** Told of every store. */
  interface Watch {
    /** May throw, and then nothing is stored. */
    void before(String store, int index, long value);
  }

  private final AtomicBuffer memory;
  private final Watch watch;

  private SteppedBuffer(AtomicBuffer memory, Watch watch) {
    this.memory = memory;
    this.watch = watch;
  }

  static AtomicBuffer over(byte[] bytes, int offset, int length, Watch watch) {
    SteppedBuffer stepped = new SteppedBuffer(new UnsafeBuffer(bytes, offset, length), watch);
    return (AtomicBuffer)
        Proxy.newProxyInstance(
            SteppedBuffer.class.getClassLoader(),
            new Class<?>[] {AtomicBuffer.class},
            (proxy, method, arguments) -> stepped.call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    if (name.equals("verifyAlignment")) {
      return null; // An array of bytes is aligned here, which the question cannot tell.
    }
    if (name.equals("setMemory")) {
      fill((int) arguments[0], (int) arguments[1], (byte) arguments[2]);
      return null;
    }
    if (name.startsWith("put") || name.startsWith("compareAnd") || name.startsWith("getAnd")) {
      Object value = arguments[arguments.length - 1];
      watch.before(name, (int) arguments[0], value instanceof Number it ? it.longValue() : 0);
    }
    try {
      return method.invoke(memory, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private void fill(int index, int length, byte value) {
    int half = length / 2 & -8;
    watch.before("fill", index, value);
    memory.setMemory(index, half, value);
    watch.before("fill the rest", index + half, value);
    memory.setMemory(index + half, length - half, value);
  }
}
