package com.acme.shop;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.jdbc4.JDBC4Connection;

/** A connection of a real driver that refuses to tell what it is connected to. */
public class StubbornConnection extends JDBC4Connection {
  /** How often it was asked. */
  public int refused;

  public StubbornConnection() throws SQLException {
    super("jdbc:sqlite::memory:", ":memory:", new Properties());
  }

  @Override
  public DatabaseMetaData getMetaData() {
    refused++;
    throw new AssertionError("nobody's business");
  }
}
