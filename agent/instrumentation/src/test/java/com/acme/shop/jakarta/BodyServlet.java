package com.acme.shop.jakarta;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads and writes bodies in the way that the path says; answers with what it has read. */
public class BodyServlet extends HttpServlet {
  /** How it takes bodies of several parts: in memory. */
  public static final MultipartConfigElement MULTIPART =
      new MultipartConfigElement("", -1, -1, 1 << 20);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (String.valueOf(request.getPathInfo())) {
      case "/stream" -> stream(request, response);
      case "/bytes" -> byteByByte(request, response);
      case "/reader" -> lines(request, response);
      case "/parameter" -> answer(response, "text/plain", "name=" + request.getParameter("name"));
      case "/parts" -> parts(request, response);
      case "/ignored" -> answer(response, "application/json", "{\"read\":false}");
      case "/non-blocking" -> NonBlocking.start(request);
      case "/forward" -> forward(request, response);
      case "/reset" -> reset(response);
      case "/send-error" -> sendError(response);
      case "/throw" -> fail(response);
      case "/wrapped" -> wrapped(response);
      case "/no-content" -> response.setStatus(204);
      case "/large" -> large(response);
      case "/endless" -> endless(request, response);
      case "/count" -> count(request, response);
      default -> response.setStatus(404);
    }
  }

  /** In the type and encoding of the request. */
  private static void stream(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readAllBytes();
    response.setContentType(request.getContentType());
    if (request.getHeader("Content-Encoding") != null) {
      response.setHeader("Content-Encoding", request.getHeader("Content-Encoding"));
    }
    response.getOutputStream().write(body);
  }

  private static void byteByByte(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    InputStream in = request.getInputStream();
    response.setContentType(request.getContentType());
    ServletOutputStream out = response.getOutputStream();
    for (int read = in.read(); read >= 0; read = in.read()) {
      out.write(read);
    }
  }

  private static void lines(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    BufferedReader in = request.getReader();
    response.setContentType("text/plain;charset=utf-8");
    PrintWriter out = response.getWriter();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.print(line);
      out.write('|');
      out.write(new char[] {'<', '€', '>'}, 1, 1);
      response.getWriter().println(line.length());
    }
  }

  private static void parts(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    StringBuilder said = new StringBuilder();
    for (Part part : request.getParts()) {
      said.append(part.getName()).append('=').append(part.getSize()).append(' ');
    }
    answer(response, "text/plain", said.toString());
  }

  private static void answer(HttpServletResponse response, String type, String text)
      throws IOException {
    response.setContentType(type);
    response.getWriter().append(text);
  }

  private static void forward(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    answer(response, "text/plain", "nobody sees this");
    request.getRequestDispatcher("/bodies/ignored").forward(request, response);
  }

  private static void reset(HttpServletResponse response) throws IOException {
    response.setContentType("text/plain");
    response.getOutputStream().print("nobody sees this");
    response.reset();
    answer(response, "text/plain", "after the reset");
  }

  private static void sendError(HttpServletResponse response) throws IOException {
    answer(response, "text/plain", "nobody sees this");
    response.sendError(409, "no");
  }

  private static void fail(HttpServletResponse response) throws IOException {
    answer(response, "text/plain", "nobody sees this");
    throw new IllegalStateException("out of stock");
  }

  /** As filters do that change what others have written. */
  private static void wrapped(HttpServletResponse response) throws IOException {
    CharArrayWriter written = new CharArrayWriter();
    HttpServletResponse wrapper =
        new HttpServletResponseWrapper(response) {
          @Override
          public PrintWriter getWriter() {
            return new PrintWriter(written);
          }
        };
    answer(wrapper, "text/plain", "once");
    wrapper.getWriter().flush();
    response.getOutputStream().write(written.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void large(HttpServletResponse response) throws IOException {
    response.setContentType("text/plain;charset=utf-8");
    String block = "ä".repeat(1000);
    for (int i = 0; i < 1000; i++) {
      response.getWriter().write(block);
    }
  }

  /** Until the client has had enough; in the type that it asks for. */
  private static void endless(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] block = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
    response.setContentType(request.getHeader("Accept"));
    while (true) {
      response.getOutputStream().write(block);
    }
  }

  private static void count(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] block = new byte[8192];
    long count = 0;
    InputStream in = request.getInputStream();
    for (int read = in.read(block); read >= 0; read = in.read(block)) {
      count += read;
    }
    answer(response, "text/plain", String.valueOf(count));
  }

  /** Reads what has come when it has come, and writes when that is possible. */
  private static final class NonBlocking implements ReadListener, WriteListener {
    private final AsyncContext context;
    private final ServletInputStream in;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private ServletOutputStream out;
    private int written;

    private NonBlocking(AsyncContext context) throws IOException {
      this.context = context;
      this.in = context.getRequest().getInputStream();
    }

    static void start(HttpServletRequest request) throws IOException {
      NonBlocking exchange = new NonBlocking(request.startAsync());
      exchange.in.setReadListener(exchange);
    }

    @Override
    public void onDataAvailable() throws IOException {
      byte[] block = new byte[100];
      while (in.isReady()) {
        int count = in.read(block);
        if (count < 0) {
          return;
        }
        read.write(block, 0, count);
      }
    }

    @Override
    public void onAllDataRead() throws IOException {
      context.getResponse().setContentType("application/json");
      out = context.getResponse().getOutputStream();
      out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() throws IOException {
      byte[] bytes = read.toByteArray();
      while (written < bytes.length && out.isReady()) {
        int next = Math.min(bytes.length, written + 100);
        byte[] block = Arrays.copyOfRange(bytes, written, next);
        written = next;
        out.write(block);
      }
      if (written == bytes.length && out.isReady()) {
        context.complete();
      }
    }

    @Override
    public void onError(Throwable failure) {
      context.complete();
    }
  }
}
