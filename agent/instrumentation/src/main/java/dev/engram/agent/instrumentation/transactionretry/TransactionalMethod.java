package dev.engram.agent.instrumentation.transactionretry;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;

/**
 * Finds what a call of a proxied bean comes to: a method that is declared idempotent, behind an
 * interceptor that opens a transaction. Thread-safe.
 */
final class TransactionalMethod {
  private static final String IDEMPOTENT = "dev.engram.agent.api.Idempotent";
  private static final String TRANSACTIONS =
      "org.springframework.transaction.interceptor.TransactionInterceptor";

  /** Of Spring Retry, and of Spring itself since 7: their tries would multiply the agent's. */
  private static final String RETRIES = ".retry.";

  /**
   * Idempotent methods of beans by the called ones, kept by the beans' own classes: those of
   * proxies are shared by all beans of the same interfaces.
   */
  private static final ClassValue<Map<Method, Optional<Method>>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Map<Method, Optional<Method>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private TransactionalMethod() {}

  /** The bean's own method; null for none. */
  static @Nullable Method of(Object proxy, Method called) {
    // What asks the proxy about itself, as is done here, is no call of the bean.
    if (!(proxy instanceof Advised advised)
        || called.getDeclaringClass().isAssignableFrom(Advised.class)) {
      return null;
    }
    Class<?> target = advised.getTargetClass();
    if (target == null) {
      return null;
    }
    Map<Method, Optional<Method>> known = KNOWN.get(target);
    Optional<Method> found = known.get(called);
    if (found == null) {
      found = Optional.ofNullable(idempotent(target, called));
      known.put(called, found);
    }
    return found.isPresent() && isTransactional(advised) ? found.get() : null;
  }

  private static @Nullable Method idempotent(Class<?> target, Method called) {
    Method own = AopUtils.getMostSpecificMethod(called, target);
    for (Annotation each : own.getDeclaredAnnotations()) {
      if (each.annotationType().getName().equals(IDEMPOTENT)) {
        return own;
      }
    }
    return null;
  }

  private static boolean isTransactional(Advised proxy) {
    boolean transactional = false;
    for (Advisor advisor : proxy.getAdvisors()) {
      String advice = advisor.getAdvice().getClass().getName();
      if (advice.contains(RETRIES)) {
        return false;
      }
      transactional |= advice.equals(TRANSACTIONS);
    }
    return transactional;
  }
}
