/**
 * The connection pools of HikariCP, read with the JVM. The advice and capture classes run where the
 * application makes a pool, the reader on the writer thread; the instrumentation class is read once
 * by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.hikaricp;

import org.jspecify.annotations.NullMarked;
