/**
 * The connection pools of HikariCP, read with the JVM and resized by a remedy. The advice classes
 * run where the application makes a pool or takes a connection, what reads and resizes pools on the
 * writer thread; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.hikaricp;

import org.jspecify.annotations.NullMarked;
