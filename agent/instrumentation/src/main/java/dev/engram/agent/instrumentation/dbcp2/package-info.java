/**
 * The connection pools of Commons DBCP 2, read with the JVM and resized by a remedy. The advice and
 * capture classes run where the application makes a pool, the reader on the writer thread; the
 * instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.dbcp2;

import org.jspecify.annotations.NullMarked;
