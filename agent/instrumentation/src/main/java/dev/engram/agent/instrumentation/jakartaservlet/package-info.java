/**
 * One SERVER span for each request that a jakarta servlet container takes. The advice and capture
 * classes run on request threads, loaded beside the servlet API; the instrumentation class is read
 * once by the installer. The room of the older API, whose package alone has another name, is made
 * from this one by the build.
 */
@NullMarked
package dev.engram.agent.instrumentation.jakartaservlet;

import org.jspecify.annotations.NullMarked;
