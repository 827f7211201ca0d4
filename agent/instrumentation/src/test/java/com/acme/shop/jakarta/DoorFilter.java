package com.acme.shop.jakarta;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Turns away who asks for /shop/closed, and says in whose name the others ask. */
public class DoorFilter implements Filter {
  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (((HttpServletRequest) request).getRequestURI().endsWith("/closed")) {
      ((HttpServletResponse) response).setStatus(403);
    } else {
      String account = ((HttpServletRequest) request).getHeader("X-Account");
      request.setAttribute("com.acme.account", account == null ? this : account);
      chain.doFilter(known((HttpServletRequest) request), response);
    }
  }

  /** As security filters do it: behind them the request knows its user. */
  private static HttpServletRequest known(HttpServletRequest request) {
    String user = request.getHeader("X-User");
    return user == null
        ? request
        : new HttpServletRequestWrapper(request) {
          @Override
          public String getRemoteUser() {
            return user;
          }
        };
  }

  @Override
  public void destroy() {}
}
