package dev.engram.integration.coverage;

import static dev.engram.integration.coverage.ServerFixture.Route.ANSWERED;
import static dev.engram.integration.coverage.ServerFixture.Route.ASYNC;
import static dev.engram.integration.coverage.ServerFixture.Route.CALLABLE;
import static dev.engram.integration.coverage.ServerFixture.Route.CRASH;
import static dev.engram.integration.coverage.ServerFixture.Route.FORWARD;
import static dev.engram.integration.coverage.ServerFixture.Route.STREAM;
import static dev.engram.integration.coverage.ServerFixture.Route.TEMPLATE;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Fixture;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The HTTP servers of the matrix, the latest version of each last. */
final class Servers {
  private static final Set<String> CONTAINERS =
      Set.of("Tomcat", "Jetty", "Undertow", "Spring MVC (Boot)");

  private Servers() {}

  static List<ServerFixture> all() {
    return List.of(
        tomcat("8.5.100", "servlets-javax", ""),
        tomcat("9.0.1", "servlets-javax"),
        tomcat("9.0.124", "servlets-javax"),
        tomcat("10.1.62", "servlets-jakarta").speakingTls(),
        tomcat("11.0.27", "servlets-jakarta").speakingTls(),
        jetty("12.0.16", "ee10", "jetty-http1"),
        jetty("12.1.12", "ee8", "jetty-http1"),
        jetty("12.1.14", "ee10", "jetty-http1"),
        jetty(
                "12.1.14",
                "ee11",
                "jetty-http2",
                "org.eclipse.jetty.http2:jetty-http2-server:12.1.14")
            .speakingHttp2(),
        undertow("2.2.40.Final", "servlets-javax"),
        undertow("2.3.26.Final", "servlets-jakarta"),
        springMvc("2.7.18"),
        springMvc("3.5.9"),
        springMvc("4.1.2"),
        netty("4.1.25.Final"),
        netty("4.1.140.Final"),
        netty("4.2.20.Final"),
        reactorNetty("1.0.0"),
        reactorNetty("1.3.8"),
        webFlux("2.7.18"),
        webFlux("3.5.9"),
        webFlux("4.1.2"),
        vertx("4.0.0"),
        vertx("4.5.29").speakingTls(),
        vertx("5.0.0").speakingTls(),
        vertx("5.1.6").speakingTls(),
        jersey("3.0.0", "10.0.27"),
        jersey("3.1.12", "10.1.62"),
        jersey("4.0.2", "11.0.27"),
        jerseyOnJdk("3.0.0"),
        jerseyOnJdk("4.0.2"),
        javalin("6.0.0"),
        javalin("7.2.3"),
        helidon("4.0.0", ""),
        helidon("4.5.0", "/items/{id}", "io.helidon.webserver:helidon-webserver-http2:4.5.0")
            .speakingHttp2(),
        jdk());
  }

  /** The servlet containers; in the fast tier Tomcat stands for all of them. */
  static Stream<Arguments> containers() {
    return chosen(all().stream().filter(Servers::isContainer).toList());
  }

  /**
   * All but Helidon 4.0, which never closes a connection of which it has left a body unread; in the
   * fast tier Tomcat stands for them.
   */
  static Stream<Arguments> talkingOnes() {
    return chosen(all().stream().filter(it -> !it.toString().endsWith("SE 4.0.0")).toList());
  }

  private static Stream<Arguments> chosen(List<ServerFixture> servers) {
    boolean fast = !Artifacts.isFullTier() && System.getProperty("engram.coverage", "").isEmpty();
    return Matrix.of(
        fast
            ? servers.stream().filter(it -> it.fixture().framework().equals("Tomcat")).toList()
            : servers,
        ServerFixture::fixture);
  }

  /** Whether it runs servlets, whose bodies are remembered too. */
  static boolean isContainer(ServerFixture server) {
    return CONTAINERS.contains(server.fixture().framework());
  }

  /**
   * Helidon leaves it to the client to close a connection, and at times gives up a whole connection
   * over HTTP/2 with a stream that was cancelled.
   */
  static boolean isHelidon(ServerFixture server) {
    return server.fixture().framework().startsWith("Helidon");
  }

  /**
   * Whether a client gets an answer where a handler fails: Reactor Netty 1.0.0 resets the stream
   * behind it, which a client may see first.
   */
  static boolean answersFailuresOverHttp2(ServerFixture server) {
    Fixture fixture = server.fixture();
    return !(fixture.framework().equals("Reactor Netty") && fixture.version().equals("1.0.0"));
  }

  private static ServerFixture jdk() {
    return new ServerFixture(
        Fixture.of("JDK HttpServer", "of the JDK", "jdk-http-server"), List.of(STREAM), "/items");
  }

  private static ServerFixture tomcat(String version, String servlets) {
    return tomcat(version, servlets, "/items/*");
  }

  /**
   * @param itemRoute empty before Servlet 4.0, which cannot be asked what a path has matched
   */
  private static ServerFixture tomcat(String version, String servlets, String itemRoute) {
    return new ServerFixture(
            Fixture.of(
                    "Tomcat",
                    version,
                    "tomcat",
                    "org.apache.tomcat.embed:tomcat-embed-core:" + version)
                .with(servlets),
            List.of(ASYNC, STREAM, FORWARD),
            itemRoute)
        .speakingHttp2();
  }

  /**
   * @param servlets Jetty's name of a version of the servlet API: of javax or of jakarta
   */
  private static ServerFixture jetty(
      String version, String servlets, String protocols, String... more) {
    Stream<String> coordinates =
        Stream.concat(
            Stream.of(
                "org.eclipse.jetty.%1$s:jetty-%1$s-servlet:%2$s".formatted(servlets, version),
                "org.slf4j:slf4j-nop:2.0.17"),
            Stream.of(more));
    return new ServerFixture(
        Fixture.of("Jetty", version + " " + servlets, "jetty", coordinates.toArray(String[]::new))
            .with("jetty-" + servlets)
            .with(protocols)
            .with(servlets.equals("ee8") ? "servlets-javax" : "servlets-jakarta"),
        List.of(ASYNC, STREAM, FORWARD),
        "/items/*");
  }

  private static ServerFixture undertow(String version, String servlets) {
    return new ServerFixture(
            Fixture.of("Undertow", version, "undertow", "io.undertow:undertow-servlet:" + version)
                .with(servlets),
            List.of(ASYNC, STREAM, FORWARD),
            "/items/*")
        .speakingHttp2();
  }

  private static ServerFixture springMvc(String version) {
    return new ServerFixture(
            Fixture.of(
                    "Spring MVC (Boot)",
                    version,
                    "spring-mvc",
                    "org.springframework.boot:spring-boot-starter-web:" + version)
                .release(17),
            List.of(TEMPLATE, ASYNC, CALLABLE, STREAM),
            "/items/{id}")
        .speakingHttp2();
  }

  static ServerFixture netty(String version) {
    return new ServerFixture(
        Fixture.of("Netty", version, "netty", "io.netty:netty-codec-http:" + version).with("work"),
        List.of(TEMPLATE, ASYNC, STREAM),
        "");
  }

  private static ServerFixture reactorNetty(String version) {
    return new ServerFixture(
            Fixture.of(
                "Reactor Netty",
                version,
                "reactor-netty",
                "io.projectreactor.netty:reactor-netty-http:" + version),
            List.of(TEMPLATE, ASYNC, STREAM),
            "")
        .speakingHttp2();
  }

  static ServerFixture webFlux(String version) {
    return new ServerFixture(
            Fixture.of(
                    "Spring WebFlux (Boot)",
                    version,
                    "webflux",
                    "org.springframework.boot:spring-boot-starter-webflux:" + version)
                .release(17)
                .with("work"),
            List.of(TEMPLATE, ASYNC, STREAM, ANSWERED),
            "/items/{id}")
        .speakingHttp2();
  }

  static ServerFixture vertx(String version) {
    return new ServerFixture(
            Fixture.of("Vert.x Web", version, "vertx", "io.vertx:vertx-web:" + version)
                .with("work"),
            List.of(TEMPLATE, ASYNC, STREAM),
            "/items/:id")
        .speakingHttp2();
  }

  private static ServerFixture jersey(String version, String tomcat) {
    return new ServerFixture(
        Fixture.of(
                "Jersey (Tomcat)",
                version,
                "jersey",
                "org.glassfish.jersey.containers:jersey-container-servlet:" + version,
                "org.glassfish.jersey.inject:jersey-hk2:" + version,
                "org.apache.tomcat.embed:tomcat-embed-core:" + tomcat)
            .with("jersey-resources")
            .with("work"),
        List.of(TEMPLATE, ASYNC, STREAM, ANSWERED),
        "/items/{id}");
  }

  private static ServerFixture jerseyOnJdk(String version) {
    return new ServerFixture(
        Fixture.of(
                "Jersey (JDK)",
                version,
                "jersey-jdk",
                "org.glassfish.jersey.containers:jersey-container-jdk-http:" + version,
                "org.glassfish.jersey.inject:jersey-hk2:" + version)
            .with("jersey-resources")
            .with("work"),
        List.of(TEMPLATE, STREAM),
        "/items/{id}");
  }

  private static ServerFixture javalin(String version) {
    return new ServerFixture(
        Fixture.of(
                "Javalin",
                version,
                "javalin-" + version.charAt(0),
                "io.javalin:javalin:" + version,
                "org.slf4j:slf4j-nop:2.0.17")
            .with("javalin-handlers"),
        List.of(TEMPLATE, ASYNC, STREAM, ANSWERED),
        "/items/{id}");
  }

  private static ServerFixture helidon(String version, String itemRoute, String... more) {
    Stream<String> coordinates =
        Stream.concat(
            Stream.of("io.helidon.webserver:helidon-webserver:" + version), Stream.of(more));
    return new ServerFixture(
        Fixture.of("Helidon SE", version, "helidon", coordinates.toArray(String[]::new)).since(21),
        List.of(TEMPLATE, STREAM, ANSWERED, CRASH),
        itemRoute);
  }
}
