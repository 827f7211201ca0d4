package dev.engram.agent.instrumentation.connectionretry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the database of a source is, as the source's own URL says it, without user, password and
 * options; the class of a source that is not known to tell its URL. Thread-safe; no method throws.
 */
final class SourceAddress {
  private static final List<String> GETTERS = List.of("getJdbcUrl", "getUrl", "getURL");

  /** Whose getters give what they were given; those of an application may do anything. */
  private static final Set<String> KNOWN =
      Set.of(
          "com.zaxxer.hikari.HikariConfig",
          "org.apache.commons.dbcp2.BasicDataSource",
          "org.apache.tomcat.jdbc.pool.DataSourceProxy",
          "org.h2.jdbcx.JdbcDataSource",
          "org.postgresql.ds.common.BaseDataSource",
          "org.springframework.jdbc.datasource.AbstractDriverBasedDataSource");

  /** Kept by the sources' own classes, so that no loader is kept by us. */
  private static final ClassValue<MethodHandle> GETTER =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          return getter(type);
        }
      };

  private SourceAddress() {}

  static String of(Object source) {
    String type = source.getClass().getName();
    try {
      String url = (String) GETTER.get(source.getClass()).invoke(source);
      return url == null ? type : ofUrl(url);
    } catch (Throwable unknown) {
      return type;
    }
  }

  /** {@code host:port} of {@code jdbc:system://user:password@host:port/name}, or what names it. */
  static String ofUrl(String url) {
    int begin = url.indexOf("//");
    if (begin < 0) {
      return withoutOptions(url);
    }
    String rest = withoutOptions(url.substring(begin + 2));
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static String withoutOptions(String text) {
    int end = text.length();
    for (char mark : new char[] {'?', ';'}) {
      int at = text.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    return text.substring(0, end);
  }

  private static MethodHandle getter(Class<?> type) {
    for (String name : GETTERS) {
      MethodHandle found = getter(type, name);
      if (found != null) {
        return found;
      }
    }
    return MethodHandles.dropArguments(MethodHandles.constant(String.class, null), 0, Object.class);
  }

  private static @Nullable MethodHandle getter(Class<?> type, String name) {
    try {
      Method getter = type.getMethod(name);
      return KNOWN.contains(getter.getDeclaringClass().getName())
          ? MethodHandles.publicLookup().unreflect(getter)
          : null;
    } catch (ReflectiveOperationException none) {
      return null;
    }
  }
}
