package dev.engram.integration.coverage;

import dev.engram.integration.harness.Fixture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An application that leaves work to other threads.
 *
 * @param spans path of each route, in order, to the number of spans that its request has below it
 * @param pipelined the paths to ask for without waiting in between; none for what is no server
 */
record ThreadFixture(Fixture fixture, Map<String, Integer> spans, List<String> pipelined) {
  private static final String NETTY =
      "/work 1, /event-loop 1, /scheduled 3, /begins-afterwards 1, /idle 0";
  private static final String WEB_FLUX = "/work 1, /subscribe-on 1, /publish-on 2, /delay 1";
  private static final String VERTX = "/work 1, /blocking 1, /timer 1, /run-on-context 1, /idle 0";

  /** The latest version of each last. */
  static List<ThreadFixture> all() {
    return List.of(
        executors(),
        virtualThreads(),
        reactor("3.4.0"),
        reactor("3.8.8"),
        rxJava("3.0.0"),
        rxJava("3.1.12"),
        spring("2.7.18"),
        spring("4.1.2"),
        server(Servers.netty("4.1.25.Final"), NETTY, "/work", "/work"),
        server(Servers.netty("4.1.140.Final"), NETTY, "/work", "/work"),
        server(Servers.netty("4.2.20.Final"), NETTY, "/work", "/work"),
        server(Servers.webFlux("2.7.18"), WEB_FLUX, "/delay", "/work", "/delay"),
        server(Servers.webFlux("4.1.2"), WEB_FLUX, "/delay", "/work", "/delay"),
        server(Servers.vertx("4.0.0"), VERTX, "/timer", "/work", "/blocking"),
        server(Servers.vertx("4.5.29"), VERTX, "/timer", "/work", "/blocking"),
        server(Servers.vertx("5.1.6"), VERTX, "/timer", "/work", "/blocking"));
  }

  private static ThreadFixture executors() {
    return new ThreadFixture(
        fixture("Executors", "JDK", "executors"),
        spans(
            "/execute 1, /submit 1, /invoke-all 2, /fails 1, /scheduled 1, /fork-join 1,"
                + " /fork-join-execute 1, /recursive 4, /parallel 8, /future 1, /future-pool 1,"
                + " /future-chain 3, /future-delayed 1, /thread 1, /thread-subclass 1,"
                + " /thread-task 1, /begins-afterwards 1, /ends-afterwards 0, /periodic 0, /idle 0,"
                + " /idle-fork-join 0, /young 1, /young-later 0"));
  }

  private static ThreadFixture virtualThreads() {
    return new ThreadFixture(
        fixture("Virtual threads", "JDK", "virtual-threads").since(21),
        spans(
            "/per-task 1, /started 1, /built 1, /platform 1, /thread-per-task 1, /waked 0,"
                + " /many 10000"));
  }

  private static ThreadFixture reactor(String version) {
    return new ThreadFixture(
        fixture("Reactor", version, "reactor", "io.projectreactor:reactor-core:" + version),
        spans("/subscribe-on 1, /parallel 1, /single 1, /publish-on 4, /delay 1, /idle 0"));
  }

  private static ThreadFixture rxJava(String version) {
    return new ThreadFixture(
        fixture("RxJava", version, "rxjava", "io.reactivex.rxjava3:rxjava:" + version),
        spans("/io 1, /computation 1, /new-thread 1, /single 1, /observe-on 4, /timer 1, /idle 0"));
  }

  private static ThreadFixture spring(String version) {
    return new ThreadFixture(
        Fixture.of(
                "Spring async (Boot)",
                version,
                "spring-async",
                "org.springframework.boot:spring-boot-starter-web:" + version)
            .release(17)
            .with("work"),
        spans("/async 1, /async-result 1, /callable 1, /deferred 1"));
  }

  private static ThreadFixture server(ServerFixture server, String spans, String... pipelined) {
    return new ThreadFixture(server.fixture(), spans(spans), List.of(pipelined));
  }

  private ThreadFixture(Fixture fixture, Map<String, Integer> spans) {
    this(fixture, spans, List.of());
  }

  private static Fixture fixture(
      String framework, String version, String sources, String... coordinates) {
    return Fixture.of(framework, version, sources, coordinates).with("routes").with("work");
  }

  private static Map<String, Integer> spans(String text) {
    Map<String, Integer> spans = new LinkedHashMap<>();
    for (String route : text.split(", ")) {
      String[] parts = route.split(" ");
      spans.put(parts[0], Integer.valueOf(parts[1]));
    }
    return spans;
  }

  @Override
  public String toString() {
    return fixture.toString();
  }
}
