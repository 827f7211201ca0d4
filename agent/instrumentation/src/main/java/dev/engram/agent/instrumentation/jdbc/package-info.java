/**
 * One CLIENT span for each statement that any JDBC driver executes and for the end of each
 * transaction, however many wrappers it passes through, and a span for a connection that had to be
 * waited for. The advice and capture classes run on application threads, loaded beside the driver
 * or pool they are called from; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.jdbc;

import org.jspecify.annotations.NullMarked;
