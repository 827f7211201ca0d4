/**
 * One SERVER span for each request that a jakarta servlet container takes. The advice and capture
 * classes run on request threads, loaded beside the servlet API; the instrumentation class is read
 * once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.jakartaservlet;

import org.jspecify.annotations.NullMarked;
