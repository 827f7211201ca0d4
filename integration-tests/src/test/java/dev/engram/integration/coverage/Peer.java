package dev.engram.integration.coverage;

import dev.engram.integration.harness.Certificate;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLHostConfigCertificate.Type;

/** The server that clients under test call: remembers what each request carried. Thread-safe. */
final class Peer implements AutoCloseable {
  /** How it is called. */
  enum Way {
    HTTP_1,

    /** Over HTTP/2 in the clear, for clients that know or ask. */
    HTTP_2,

    /** With a certificate of its own, over HTTP/2 for clients that ask. */
    TLS,

    /** Where nobody listens. */
    REFUSED,

    /** Through a proxy, by a name that it alone knows. */
    PROXY,

    /** The same with TLS, so through a tunnel. */
    TUNNEL
  }

  /**
   * A request as it arrived.
   *
   * @param url as the client must have meant it
   * @param protocol such as {@code HTTP/2.0}
   * @param traceparent the header as often as it came
   */
  record Received(String method, String url, String protocol, List<String> traceparent) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Certificate certificate = Certificate.selfSigned();
  private final Tomcat tomcat = new Tomcat();
  private final Connector plain = connector();
  private final Connector http2 = connector();
  private final Connector tls = connector();
  private final Proxy proxy;

  /** Bound, so that nobody else is given its port, but it does not listen. */
  private final Socket closed = new Socket();

  /**
   * @param folder that Tomcat may write to
   */
  Peer(Path folder) throws IOException, LifecycleException {
    closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    http2.addUpgradeProtocol(new Http2Protocol());
    tls.addUpgradeProtocol(new Http2Protocol());
    secure(tls);
    tomcat.setBaseDir(folder.toString());
    tomcat.setSilent(true);
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "peer", new Answering());
    context.addServletMappingDecoded("/*", "peer");
    Stream.of(plain, http2, tls).forEach(tomcat::setConnector);
    tomcat.start();
    proxy = new Proxy(plain.getLocalPort(), tls.getLocalPort());
  }

  /** What a JVM must be told to trust it, and to find it behind its proxy. */
  String[] options() {
    return Stream.concat(
            certificate.trustOptions().stream(),
            Stream.of("http", "https")
                .flatMap(
                    scheme ->
                        Stream.of(
                            "-D" + scheme + ".proxyHost=127.0.0.1",
                            "-D" + scheme + ".proxyPort=" + proxy.port())))
        .toArray(String[]::new);
  }

  String url(Way way, String target) {
    return switch (way) {
      case HTTP_1 -> "http://127.0.0.1:" + plain.getLocalPort() + target;
      case HTTP_2 -> "http://127.0.0.1:" + http2.getLocalPort() + target;
      case TLS -> "https://127.0.0.1:" + tls.getLocalPort() + target;
      case REFUSED -> "http://127.0.0.1:" + closed.getLocalPort() + target;
      case PROXY -> "http://" + Certificate.UNKNOWN_HOST + ":8080" + target;
      case TUNNEL -> "https://" + Certificate.UNKNOWN_HOST + ":8443" + target;
    };
  }

  /** What arrived since the last time this was asked, in order. */
  List<Received> takeReceived() {
    List<Received> taken = List.copyOf(received);
    received.clear();
    return taken;
  }

  @Override
  public void close() throws IOException, LifecycleException {
    closed.close();
    proxy.close();
    tomcat.stop();
    tomcat.destroy();
  }

  private static Connector connector() {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    return connector;
  }

  private void secure(Connector connector) {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate shown = new SSLHostConfigCertificate(host, Type.UNDEFINED);
    shown.setCertificateKeystoreFile(certificate.keyStore().toString());
    shown.setCertificateKeystorePassword(Certificate.PASSWORD);
    host.addCertificate(shown);
    connector.addSslHostConfig(host);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
  }

  /** Says what it got, with the status that the path asks for. */
  private final class Answering extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
      received.add(
          new Received(
              request.getMethod(),
              request.getRequestURL() + query,
              request.getProtocol(),
              Collections.list(request.getHeaders("traceparent"))));
      String sent = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String path = request.getRequestURI();
      if (path.equals("/redirect")) {
        String base = request.getRequestURL().toString().replace(path, "");
        response.setHeader("Location", base + "/ok?after=redirect");
      }
      response.setStatus(status(path));
      response.getOutputStream().write((path + " got " + sent).getBytes(StandardCharsets.UTF_8));
    }

    private static int status(String path) {
      return switch (path) {
        case "/missing" -> 404;
        case "/broken" -> 500;
        case "/redirect" -> 302;
        default -> 200;
      };
    }
  }
}
