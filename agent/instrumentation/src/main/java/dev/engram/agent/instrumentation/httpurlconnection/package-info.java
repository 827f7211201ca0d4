/**
 * One CLIENT span for each attempt of {@code java.net.HttpURLConnection}. The advice and capture
 * classes run on the caller's thread, loaded beside the JDK's classes; the instrumentation class is
 * read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.httpurlconnection;

import org.jspecify.annotations.NullMarked;
