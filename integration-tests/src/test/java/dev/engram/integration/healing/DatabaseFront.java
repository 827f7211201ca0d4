package dev.engram.integration.healing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * Hands bytes on to a PostgreSQL server and back, at a port of its own: so that a place is this
 * fault's alone, and can be cut, closed, or answer as a server does that is starting.
 */
final class DatabaseFront implements AutoCloseable {
  private static final int ENCRYPTION_WANTED = 80877103;
  private static final int HEADER = 8;

  private final IntSupplier server;
  private final int port;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listening;
  private volatile boolean starting;
  private volatile boolean losing;

  /**
   * Listens at once.
   *
   * @param server the port of the real one; asked for each connection
   */
  DatabaseFront(IntSupplier server) throws IOException {
    this.server = server;
    listening = bound(0);
    port = listening.getLocalPort();
    serve(listening);
  }

  int port() {
    return port;
  }

  /** Ends every connection. */
  void cut() {
    clients.forEach(DatabaseFront::quietly);
  }

  /** Whether nobody listens. */
  void absent(boolean absent) throws IOException {
    if (absent) {
      listening.close();
    } else {
      listening = bound(port);
      serve(listening);
    }
  }

  /** Whether new connections are refused in the words of a server that is starting up. */
  void starting(boolean now) {
    starting = now;
  }

  /** Whether connections end with the server's next answer, which is lost. */
  void losesAnswers(boolean now) {
    losing = now;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private void serve(ServerSocket socket) {
    daemon(
        () -> {
          while (!socket.isClosed()) {
            try {
              Socket client = socket.accept();
              daemon(() -> begin(client));
            } catch (IOException closed) {
              return;
            }
          }
        });
  }

  private void begin(Socket client) {
    clients.add(client);
    try {
      if (starting) {
        refuse(client);
        quietly(client);
        return;
      }
      Socket behind = new Socket(InetAddress.getLoopbackAddress(), server.getAsInt());
      daemon(() -> handOn(client, behind, false));
      handOn(behind, client, true);
    } catch (IOException ended) {
      quietly(client);
    } finally {
      clients.remove(client);
    }
  }

  private void handOn(Socket from, Socket to, boolean answers) {
    byte[] bytes = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (answers && losing) {
          return;
        }
        out.write(bytes, 0, read);
        out.flush();
      }
    } catch (IOException ended) {
      // The other direction has closed both.
    }
  }

  /** Protocol 3.0: a driver may first ask for encryption, which is declined. */
  private static void refuse(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    if (startup(in) == ENCRYPTION_WANTED) {
      out.write('N');
      out.flush();
      startup(in);
    }
    byte[] fields =
        "SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0"
            .getBytes(StandardCharsets.US_ASCII);
    out.write('E');
    int length = fields.length + Integer.BYTES;
    out.write(new byte[] {0, 0, (byte) (length >> 8), (byte) length});
    out.write(fields);
    out.flush();
  }

  /** The code of a message that begins a connection. */
  private static int startup(DataInputStream in) throws IOException {
    int length = in.readInt();
    int code = in.readInt();
    in.skipNBytes(length - HEADER);
    return code;
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "database-front");
    thread.setDaemon(true);
    thread.start();
  }
}
