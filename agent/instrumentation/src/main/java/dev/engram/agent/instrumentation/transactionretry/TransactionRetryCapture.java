package dev.engram.agent.instrumentation.transactionretry;

import dev.engram.agent.core.remedy.Healing;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Decides whether a bean is called again whose method opens a transaction and is idempotent. */
final class TransactionRetryCapture {
  private TransactionRetryCapture() {}

  static @Nullable Object enter(Object proxy, Method method) {
    Object begun = Healing.begin(proxy.getClass());
    return begun != null && TransactionalMethod.of(proxy, method) != null ? begun : null;
  }

  static boolean exit(
      Object proxy, Method method, @Nullable Object begun, @Nullable Throwable thrown) {
    if (begun == null && (thrown == null || Healing.isOff())) {
      return false;
    }
    Method idempotent = TransactionalMethod.of(proxy, method);
    if (idempotent == null) {
      return false;
    }
    if (thrown != null) {
      return Healing.failed(begun, () -> place(idempotent), proxy.getClass(), thrown);
    }
    Healing.succeeded(begun, () -> place(idempotent));
    return false;
  }

  /** As that of the same method where no transaction is around it. */
  private static String place(Method method) {
    return "method " + method.getDeclaringClass().getName() + "#" + method.getName();
  }
}
