/**
 * One CLIENT span for each attempt of {@code java.net.http.HttpClient}. The advice and capture
 * classes run on the threads of callers and of the client, loaded beside the JDK's classes; the
 * instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.jdkhttpclient;

import org.jspecify.annotations.NullMarked;
