package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.WriteAbortedException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ThrownTest {
  @Test
  void classesOfTheJdk_answerForThemselves() {
    Exception cause = new Exception("cause");
    assertThat(Thrown.message(new NoSuchFileException("/a", "/b", "why")))
        .isEqualTo("/a -> /b: why");
    assertThat(Thrown.message(new SQLException("no table"))).isEqualTo("no table");
    assertThat(Thrown.cause(new InvocationTargetException(cause))).isSameAs(cause);
    IOException io = new IOException("disk", cause);
    assertThat(Thrown.cause(new UncheckedIOException(io))).isSameAs(io);
    assertThat(Thrown.cause(cause)).isNull();
  }

  @Test
  void missingObject_isExplainedAsTheJvmDoes() {
    Object[] nothing = {null};
    try {
      nothing[0].hashCode();
    } catch (NullPointerException thrown) {
      assertThat(Thrown.message(thrown)).contains("because").isEqualTo(thrown.getMessage());
      return;
    }
    throw new AssertionError("nothing was thrown");
  }

  @Test
  void classesOfTheApplication_areNotAsked() {
    Asked thrown = new Asked("given", new Asked("cause", null));
    assertThat(Thrown.message(thrown)).isEqualTo("given");
    assertThat(Thrown.cause(thrown)).isInstanceOf(Asked.class);
    assertThat(Thrown.frames(thrown)[0].getMethodName())
        .isEqualTo("classesOfTheApplication_areNotAsked");
    assertThat(Thrown.text(thrown)).isEqualTo(Asked.class.getName() + ": given");
    assertThat(Thrown.place(thrown)).contains(Asked.class.getName(), "ThrownTest.java");
  }

  @Test
  void messageOfTheJdkThatQuotesTheApplications_isNotAskedEither() {
    assertThat(Thrown.message(new WriteAbortedException("aborted", new Asked("inner", null))))
        .isEqualTo("aborted");
  }

  @Test
  void throwableWithoutAnything_isRead() {
    Throwable bare = new Throwable(null, null, false, false) {};
    assertThat(Thrown.message(bare)).isNull();
    assertThat(Thrown.cause(bare)).isNull();
    assertThat(Thrown.frames(bare)).isEmpty();
    assertThat(Thrown.place(bare)).isEqualTo(bare.getClass().getName());
  }

  private static final class Asked extends Exception {
    Asked(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String getMessage() {
      throw new AssertionError("asked");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new AssertionError("asked");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new AssertionError("asked");
    }

    @Override
    public String toString() {
      throw new AssertionError("asked");
    }
  }
}
