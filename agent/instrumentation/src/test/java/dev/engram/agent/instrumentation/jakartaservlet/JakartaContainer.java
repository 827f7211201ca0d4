package dev.engram.agent.instrumentation.jakartaservlet;

import com.acme.shop.jakarta.BodyServlet;
import com.acme.shop.jakarta.DoorFilter;
import com.acme.shop.jakarta.ShopServlet;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * A Tomcat with the shop at {@code /app/shop}, bodies at {@code /app/bodies}, files of a folder
 * below {@code /app}, one filter.
 */
final class JakartaContainer {
  /** Whether it may be asked who a request is made for. */
  static final boolean TELLS_USERS = true;

  private final Tomcat tomcat;

  private JakartaContainer(Tomcat tomcat) {
    this.tomcat = tomcat;
  }

  static JakartaContainer start(Path folder) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.setSilent(true);
    tomcat.getConnector().setProperty("compression", "on");
    Context context = tomcat.addContext("/app", folder.toString());
    addServlet(context, "default", new DefaultServlet(), "/");
    addServlet(context, "shop", new ShopServlet(), "/shop/*");
    addServlet(context, "bodies", new BodyServlet(), "/bodies/*")
        .setMultipartConfigElement(BodyServlet.MULTIPART);
    addFilter(context);
    tomcat.start();
    return new JakartaContainer(tomcat);
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private static Wrapper addServlet(Context context, String name, Servlet servlet, String pattern) {
    Wrapper wrapper = Tomcat.addServlet(context, name, servlet);
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded(pattern, name);
    return wrapper;
  }

  private static void addFilter(Context context) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("door");
    definition.setFilter(new DoorFilter());
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName("door");
    map.addURLPattern("/*");
    context.addFilterMap(map);
  }
}
