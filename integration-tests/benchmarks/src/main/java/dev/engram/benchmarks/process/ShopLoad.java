package dev.engram.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Customers of the sample shop: each request is an order, which is three statements in the
 * database. For one caller; its own threads are gone when a call returns.
 */
final class ShopLoad {
  private static final int CUSTOMERS = 2;
  private static final int PRODUCTS = 4;
  private static final int CREATED = 201;

  private final URI orders;

  ShopLoad(int port) {
    orders = URI.create("http://127.0.0.1:" + port + "/orders");
  }

  /**
   * Sends this many orders, one after the other by each customer; all must be taken.
   *
   * @return how long each took its customer, in nanoseconds
   */
  Histogram send(int count) throws InterruptedException {
    Histogram latencies = new ConcurrentHistogram(3);
    ExecutorService customers = Executors.newFixedThreadPool(CUSTOMERS);
    try {
      List<Future<?>> shares = new ArrayList<>();
      for (int customer = 0; customer < CUSTOMERS; customer++) {
        int share = (count + customer) / CUSTOMERS;
        int first = customer;
        shares.add(customers.submit(() -> order(share, first, latencies)));
      }
      for (Future<?> share : shares) {
        share.get();
      }
      return latencies;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the shop did not take an order", failed.getCause());
    } finally {
      customers.shutdownNow();
    }
  }

  /** Each customer has products of its own: waiting for a row's lock is not what is measured. */
  private Void order(int count, int customer, Histogram latencies) throws IOException {
    byte[] answer = new byte[1 << 10];
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      order(1 + (i * CUSTOMERS + customer) % PRODUCTS, answer);
      latencies.recordValue(System.nanoTime() - begin);
    }
    return null;
  }

  private void order(int product, byte[] answer) throws IOException {
    HttpURLConnection request = (HttpURLConnection) orders.toURL().openConnection();
    request.setDoOutput(true);
    request.setRequestProperty("Content-Type", "application/json");
    try (OutputStream out = request.getOutputStream()) {
      String order = "{\"productId\":" + product + ",\"quantity\":1}";
      out.write(order.getBytes(StandardCharsets.UTF_8));
    }
    if (request.getResponseCode() != CREATED) {
      throw new IOException("status " + request.getResponseCode());
    }
    try (InputStream in = request.getInputStream()) {
      while (in.read(answer) >= 0) {}
    }
  }
}
