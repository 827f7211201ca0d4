package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code JdbcTemplate.query}; its exit says whether the query is made again. */
public final class TemplateQueryAdvice {
  private TemplateQueryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object template) {
    return TemplateQueryCapture.enter(template);
  }

  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  public static boolean exit(
      @Advice.Enter @Nullable Object query, @Advice.Thrown @Nullable Throwable thrown) {
    return query != null && TemplateQueryCapture.exit(query, thrown);
  }
}
