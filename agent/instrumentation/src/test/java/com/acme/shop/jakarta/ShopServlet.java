package com.acme.shop.jakarta;

import com.acme.shop.Pricing;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Does what the path says. */
public class ShopServlet extends HttpServlet {
  private static final String SPRING_PATTERN =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (String.valueOf(request.getPathInfo())) {
      case "/throw" -> throw new ServletException(new IllegalStateException("out of stock"));
      case "/send-error" -> response.sendError(503, "closed");
      case "/resolved" -> resolve(request, response);
      case "/pattern" -> request.setAttribute(SPRING_PATTERN, "/items/{id}");
      case "/forward" -> dispatcher(request, "/shop/echo").forward(request, response);
      case "/include" -> dispatcher(request, "/hello.txt").include(request, response);
      case "/async" -> later(request, false);
      case "/async-dispatch" -> later(request, true);
      case "/async-work" -> work(request.startAsync());
      case "/async-timeout" -> request.startAsync().setTimeout(50);
      default -> response.getWriter().print("body=" + request.getParameter("name"));
    }
  }

  private static void resolve(HttpServletRequest request, HttpServletResponse response) {
    request.setAttribute(
        "org.springframework.web.servlet.DispatcherServlet.EXCEPTION",
        new IllegalStateException("resolved by the framework"));
    response.setStatus(500);
  }

  private static RequestDispatcher dispatcher(HttpServletRequest request, String path) {
    return request.getRequestDispatcher(path);
  }

  private static void work(AsyncContext context) {
    context.start(
        () -> {
          new Pricing().quote(1);
          context.complete();
        });
  }

  private static void later(HttpServletRequest request, boolean dispatch) {
    AsyncContext context = request.startAsync();
    CompletableFuture.runAsync(
        () -> {
          if (dispatch) {
            context.dispatch("/shop/echo");
          } else {
            ((HttpServletResponse) context.getResponse()).setStatus(202);
            context.complete();
          }
        });
  }
}
