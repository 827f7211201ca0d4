package dev.engram.agent.instrumentation.javaxservlet;

import com.acme.shop.javax.BodyServlet;
import com.acme.shop.javax.DoorFilter;
import com.acme.shop.javax.ShopServlet;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import javax.servlet.DispatcherType;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.servlet.DefaultServlet;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/**
 * A Jetty with the shop at {@code /app/shop}, bodies at {@code /app/bodies}, files of a folder
 * below {@code /app}, one filter.
 */
final class JavaxContainer {
  /** Whether it may be asked who a request is made for. */
  static final boolean TELLS_USERS = false;

  private final Server server;

  private JavaxContainer(Server server) {
    this.server = server;
  }

  static JavaxContainer start(Path folder) throws Exception {
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    context.setContextPath("/app");
    context.setResourceBase(folder.toString());
    context.addServlet(new ServletHolder(new DefaultServlet()), "/");
    context.addServlet(asyncSupported(new ServletHolder(new ShopServlet())), "/shop/*");
    ServletHolder bodies = asyncSupported(new ServletHolder(new BodyServlet()));
    bodies.getRegistration().setMultipartConfig(BodyServlet.MULTIPART);
    context.addServlet(bodies, "/bodies/*");
    FilterHolder filter = new FilterHolder(new DoorFilter());
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    GzipHandler compressing = new GzipHandler();
    compressing.setHandler(context);
    server.setHandler(compressing);
    server.start();
    return new JavaxContainer(server);
  }

  int port() {
    return server.getURI().getPort();
  }

  void stop() throws Exception {
    server.stop();
  }

  private static ServletHolder asyncSupported(ServletHolder holder) {
    holder.setAsyncSupported(true);
    return holder;
  }
}
