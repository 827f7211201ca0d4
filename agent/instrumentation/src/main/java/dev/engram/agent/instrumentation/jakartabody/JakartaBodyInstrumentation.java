package dev.engram.agent.instrumentation.jakartabody;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.instrument.InstrumentationModule;
import dev.engram.agent.core.instrument.MethodAdvice;
import dev.engram.agent.core.instrument.TypeInstrumentation;
import dev.engram.agent.core.instrument.TypeMatch;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Hooks where a container hands out its streams and the parts of a request, and what the
 * application calls on the streams. Tomcat's input is hooked below its stream, where reader and
 * stream meet; its writer and Undertow's, which go round the stream, are hooked themselves.
 */
public final class JakartaBodyInstrumentation implements InstrumentationModule {
  private static final String HERE = "dev.engram.agent.instrumentation.jakartabody.";
  private static final String SERVLET = "jakarta.servlet.Servlet";
  private static final String REQUEST_WRAPPER = "jakarta.servlet.ServletRequestWrapper";
  private static final String INPUT = "jakarta.servlet.ServletInputStream";
  private static final String OUTPUT = "jakarta.servlet.ServletOutputStream";
  private static final String UNDERTOW = "io.undertow.io.UndertowInputStream";
  private static final String TOMCAT = "org.apache.catalina.connector.";

  @Override
  public String name() {
    return "jakarta-servlet-body";
  }

  @Override
  public List<TypeInstrumentation> types(Configuration configuration) {
    return configuration.number(Settings.CAPTURE_BODY_LIMIT) == 0
        ? List.of()
        : List.of(requests(), responses(), inputs(), tomcatInput(), outputs(), writers());
  }

  /** A wrapper hands out what it got from the request, or made of it. */
  private static TypeInstrumentation requests() {
    ElementMatcher.Junction<MethodDescription> stream =
        concrete("getInputStream").and(takesNoArguments()).and(returns(named(INPUT)));
    return TypeInstrumentation.of(
        TypeMatch.where(
                SERVLET, declaresMethod(stream).and(not(hasSuperType(named(REQUEST_WRAPPER)))))
            .mentioning("()" + TypeMatch.descriptor(INPUT)),
        new MethodAdvice(stream, HERE + "JakartaInputAdvice"),
        new MethodAdvice(
            concrete("getReader").and(takesNoArguments()), HERE + "JakartaReaderAdvice"),
        new MethodAdvice(
            concrete("getParts").and(takesNoArguments()), HERE + "JakartaPartsAdvice"));
  }

  /** Wrappers are told apart later: the response of an exchange is known by identity. */
  private static TypeInstrumentation responses() {
    ElementMatcher.Junction<MethodDescription> stream =
        concrete("getOutputStream").and(takesNoArguments()).and(returns(named(OUTPUT)));
    return TypeInstrumentation.of(
        TypeMatch.where(SERVLET, declaresMethod(stream))
            .mentioning("()" + TypeMatch.descriptor(OUTPUT)),
        new MethodAdvice(stream, HERE + "JakartaOutputAdvice"),
        new MethodAdvice(
            concrete("getWriter").and(takesNoArguments()), HERE + "JakartaWriterAdvice"),
        new MethodAdvice(
            concrete("reset", "resetBuffer", "sendError", "sendRedirect"),
            HERE + "JakartaResetAdvice"));
  }

  private static TypeInstrumentation inputs() {
    return TypeInstrumentation.of(
        TypeMatch.where(
                SERVLET,
                extending(INPUT).and(not(named(TOMCAT + "CoyoteInputStream"))).or(named(UNDERTOW)))
            .mentioning(TypeMatch.type(INPUT), TypeMatch.type(UNDERTOW)),
        new MethodAdvice(concrete("read").and(takesNoArguments()), HERE + "JakartaReadByteAdvice"),
        new MethodAdvice(
            concrete("read").and(takesArguments(byte[].class, int.class, int.class)),
            HERE + "JakartaReadAdvice"),
        new MethodAdvice(
            concrete("read").and(takesArguments(ByteBuffer.class)),
            HERE + "JakartaReadBufferAdvice"));
  }

  private static TypeInstrumentation tomcatInput() {
    return TypeInstrumentation.of(
        TypeMatch.where(SERVLET, named(TOMCAT + "InputBuffer"))
            .mentioning(TypeMatch.type(TOMCAT + "InputBuffer")),
        new MethodAdvice(
            concrete("realReadBytes").and(takesNoArguments()), HERE + "JakartaTomcatReadAdvice"));
  }

  private static TypeInstrumentation outputs() {
    return TypeInstrumentation.of(
        TypeMatch.where(SERVLET, extending(OUTPUT)).mentioning(TypeMatch.type(OUTPUT)),
        new MethodAdvice(
            concrete("write").and(takesArguments(int.class)), HERE + "JakartaWriteByteAdvice"),
        new MethodAdvice(
            concrete("write").and(takesArguments(byte[].class, int.class, int.class)),
            HERE + "JakartaWriteAdvice"),
        new MethodAdvice(
            concrete("write").and(takesArguments(ByteBuffer.class)),
            HERE + "JakartaWriteBufferAdvice"));
  }

  private static TypeInstrumentation writers() {
    return TypeInstrumentation.of(
        TypeMatch.where(
                SERVLET,
                namedOneOf(TOMCAT + "CoyoteWriter", "io.undertow.servlet.spec.ServletPrintWriter"))
            .mentioning(
                TypeMatch.type(TOMCAT + "CoyoteWriter"),
                TypeMatch.type("io.undertow.servlet.spec.ServletPrintWriter")),
        new MethodAdvice(
            concrete("write").and(takesArguments(int.class)), HERE + "JakartaWriteCharAdvice"),
        new MethodAdvice(
            concrete("write").and(takesArguments(char[].class, int.class, int.class)),
            HERE + "JakartaWriteCharsAdvice"),
        new MethodAdvice(
            concrete("write").and(takesArguments(String.class, int.class, int.class)),
            HERE + "JakartaWriteTextAdvice"),
        new MethodAdvice(
            concrete("write").and(takesArguments(CharBuffer.class)),
            HERE + "JakartaWriteCharBufferAdvice"));
  }

  private static ElementMatcher.Junction<MethodDescription> concrete(String... names) {
    return ElementMatchers.<MethodDescription>namedOneOf(names).and(not(isAbstract()));
  }

  /** Directly, as containers do: that is told without reading the super type. */
  private static ElementMatcher.Junction<TypeDescription> extending(String type) {
    return new ElementMatcher.Junction.AbstractBase<>() {
      @Override
      public boolean matches(TypeDescription candidate) {
        TypeDescription.Generic superClass = candidate.getSuperClass();
        return superClass != null && superClass.asErasure().getName().equals(type);
      }
    };
  }
}
