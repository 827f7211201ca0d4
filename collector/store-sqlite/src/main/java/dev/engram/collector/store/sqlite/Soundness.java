package dev.engram.collector.store.sqlite;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for damage in all of a file; in one of an earlier version, at its pages alone. Reads only.
 */
final class Soundness {
  private static final String OK = "ok";

  /** Whether a row has no other that it must have, and what to call that. */
  private static final List<List<String>> AGREEMENTS =
      List.of(
          List.of(
              "bodies that requests refer to are missing",
              "SELECT count(*) FROM span_payload p WHERE p.content IS NOT NULL"
                  + " AND NOT EXISTS (SELECT 1 FROM content c WHERE c.id = p.content)"),
          List.of(
              "bodies are of requests that are missing",
              "SELECT count(*) FROM span_payload p"
                  + " WHERE NOT EXISTS (SELECT 1 FROM span s WHERE s.arrival = p.span)"),
          List.of(
              "words are of exceptions and requests that are missing",
              "SELECT count(*) FROM search_docsize d"
                  + " WHERE NOT EXISTS (SELECT 1 FROM exception e WHERE e.arrival = d.id)"
                  + " AND NOT EXISTS (SELECT 1 FROM span s WHERE s.arrival = d.id)"),
          List.of(
              "requests are beyond the position of their instance",
              "SELECT count(*) FROM span s JOIN instance i ON i.id = s.instance"
                  + " WHERE s.position > i.position"),
          List.of(
              "rows arrived after the next one",
              "SELECT count(*) FROM span WHERE arrival >= (SELECT next_arrival FROM sequence)"));

  private Soundness() {}

  /** What is wrong, a line each; empty when nothing was found. */
  static List<String> problems(Connection connection) throws SQLException {
    List<String> problems = new ArrayList<>();
    texts(connection, "PRAGMA integrity_check(10)").stream()
        .filter(line -> !line.equals(OK))
        .forEach(problems::add);
    if (!problems.isEmpty() || Schema.version(connection) < Schema.VERSION) {
      return problems;
    }
    for (String table : texts(connection, "SELECT \"table\" FROM pragma_foreign_key_check")) {
      problems.add("a row of " + table + " refers to one that is missing");
      break;
    }
    for (List<String> agreement : AGREEMENTS) {
      long count = Schema.number(connection, agreement.get(1));
      if (count > 0) {
        problems.add(count + " " + agreement.get(0));
      }
    }
    long changed = changedContents(connection);
    if (changed > 0) {
      problems.add(changed + " bodies or stacks are not as they were stored");
    }
    return problems;
  }

  private static long changedContents(Connection connection) throws SQLException {
    MessageDigest digest = Contents.sha256();
    long changed = 0;
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT hash, bytes FROM content");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        byte[] hash = row.getBytes(1);
        byte[] now = Arrays.copyOf(digest.digest(row.getBytes(2)), hash.length);
        changed += Arrays.equals(hash, now) ? 0 : 1;
      }
    }
    return changed;
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }
}
