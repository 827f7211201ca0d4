package dev.engram.collector.intake;

import dev.engram.collector.store.Health;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.memory.InMemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * A store whose process may be killed before each call that writes. It keeps what was committed; a
 * power cut leaves it only what was committed before its last sync.
 */
final class KillableStore implements Store {
  private final InMemoryStore memory = new InMemoryStore();
  private final List<Call> committed = new ArrayList<>();
  private int synced;
  private KillSwitch kill = KillSwitch.never();

  /** A call that writes. */
  private record Call(Method method, Object[] arguments) {
    Object on(StoreWriter writer) throws Throwable {
      try {
        return method.invoke(writer, arguments);
      } catch (InvocationTargetException failure) {
        throw failure.getCause();
      }
    }
  }

  /** The store for the next process. */
  KillableStore with(KillSwitch next) {
    kill = next;
    return this;
  }

  /** What is left of it after a power cut. */
  KillableStore afterPowerCut() throws Throwable {
    KillableStore left = new KillableStore();
    for (Call call : committed.subList(0, synced)) {
      left.make(call);
    }
    return left;
  }

  @Override
  public StoreWriter writer() {
    return (StoreWriter)
        Proxy.newProxyInstance(
            StoreWriter.class.getClassLoader(),
            new Class<?>[] {StoreWriter.class},
            (proxy, method, arguments) -> {
              kill.step();
              return make(new Call(method, arguments));
            });
  }

  private Object make(Call call) throws Throwable {
    Object result = call.on(memory.writer());
    committed.add(call);
    if (call.method().getName().equals("sync")) {
      synced = committed.size();
    }
    return result;
  }

  @Override
  public StoreReader reader() {
    return memory.reader();
  }

  @Override
  public Health check() {
    return memory.check();
  }

  @Override
  public void close() {
    memory.close();
  }
}
