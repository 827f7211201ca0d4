package dev.engram.benchmarks.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Texts as services have them: statements, routes and stacks that repeat, bodies that never do.
 * Confined to one thread.
 */
final class RecordTexts {
  private static final int STATEMENTS = 60;
  private static final int ROUTES = 20;
  private static final int STACKS = 200;
  private static final int DEPTH = 60;
  private static final int POOL = 1 << 20;

  private final Random random;
  private final List<String> statements = new ArrayList<>();
  private final List<StackTraceElement[]> stacks = new ArrayList<>();
  private final String pool;
  private long serial;

  RecordTexts(Random random) {
    this.random = random;
    for (int i = 0; i < STATEMENTS; i++) {
      statements.add(
          "select o.id, o.product_id, o.quantity, o.total_cents, p.name from customer_order o"
              + " join product p on p.id = o.product_id where o.region_%d = ? and p.stock > ?"
                  .formatted(i));
    }
    for (int i = 0; i < STACKS; i++) {
      stacks.add(stack(i));
    }
    pool =
        random
            .ints(POOL, ' ', '~')
            // What would end a string of JSON.
            .map(c -> c == '"' || c == '\\' ? '.' : c)
            .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
            .toString();
  }

  String statement() {
    return statements.get(random.nextInt(STATEMENTS));
  }

  String route() {
    return "/orders/{id}/part-" + random.nextInt(ROUTES);
  }

  /** Text of this length that has not been given before. */
  String unique(int length) {
    String start = "{\"serial\":" + serial++ + ",\"text\":\"";
    int from = random.nextInt(POOL - length);
    return start + pool.substring(from, from + length - start.length() - 2) + "\"}";
  }

  /** A new exception with one of the stacks. */
  Throwable thrown() {
    int stack = random.nextInt(STACKS);
    Throwable thrown =
        new IllegalStateException("order " + random.nextInt(1_000_000) + " cannot be packed");
    thrown.setStackTrace(stacks.get(stack));
    return thrown;
  }

  private static StackTraceElement[] stack(int number) {
    StackTraceElement[] frames = new StackTraceElement[DEPTH];
    for (int i = 0; i < DEPTH; i++) {
      String type = "com.acme.shop.part" + (number + i) % STACKS + ".Handler" + i;
      frames[i] = new StackTraceElement(type, "handle", "Handler" + i + ".java", 10 + number + i);
    }
    return frames;
  }
}
