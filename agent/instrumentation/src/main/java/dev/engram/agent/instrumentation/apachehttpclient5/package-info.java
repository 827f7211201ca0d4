/**
 * One CLIENT span for each attempt of Apache HttpClient 5, classic and asynchronous, and the call
 * of a model around them where a body in memory asks one. The advice and capture classes run on the
 * threads of callers and of the client, loaded beside it; the instrumentation class is read once by
 * the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.apachehttpclient5;

import org.jspecify.annotations.NullMarked;
