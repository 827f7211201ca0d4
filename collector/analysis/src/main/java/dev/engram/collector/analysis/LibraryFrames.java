package dev.engram.collector.analysis;

import java.util.List;

/** Tells frames of well-known libraries from those that are likely the application's own. Pure. */
public final class LibraryFrames {
  private static final List<String> PREFIXES =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "jakarta.",
          "kotlin.",
          "scala.",
          "groovy.",
          "org.springframework.",
          "org.apache.",
          "org.eclipse.",
          "org.hibernate.",
          "org.h2.",
          "org.postgresql.",
          "com.mysql.",
          "org.mariadb.",
          "org.sqlite.",
          "com.zaxxer.",
          "io.netty.",
          "io.undertow.",
          "reactor.",
          "io.reactivex.",
          "com.fasterxml.",
          "com.google.",
          "org.slf4j.",
          "ch.qos.logback.",
          "net.bytebuddy.",
          "dev.engram.agent.");

  /** Classes that libraries generate in the application's own packages. */
  private static final List<String> GENERATED =
      List.of("$$SpringCGLIB$$", "$$EnhancerBy", "$$FastClassBy", "$Proxy", "$HibernateProxy$");

  private LibraryFrames() {}

  /**
   * Whether the frame looks like the application's own code.
   *
   * @param frame as {@code printStackTrace} shows it after "at "
   */
  public static boolean isInApp(String frame) {
    String name = frame.substring(frame.lastIndexOf('/', Math.max(0, frame.indexOf('('))) + 1);
    return PREFIXES.stream().noneMatch(name::startsWith)
        && GENERATED.stream().noneMatch(name::contains);
  }
}
