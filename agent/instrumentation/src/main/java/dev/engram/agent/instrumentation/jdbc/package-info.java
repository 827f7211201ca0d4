/**
 * One CLIENT span for each statement that any JDBC driver executes, however many wrappers it passes
 * through. The advice and capture classes run on application threads, loaded beside the driver or
 * pool they are called from; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.jdbc;

import org.jspecify.annotations.NullMarked;
