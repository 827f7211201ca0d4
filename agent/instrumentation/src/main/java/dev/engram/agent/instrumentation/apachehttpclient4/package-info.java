/**
 * One CLIENT span for each attempt of Apache HttpClient 4.5. The advice and capture classes run on
 * the threads of callers and of the client, loaded beside it; the instrumentation class is read
 * once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.apachehttpclient4;

import org.jspecify.annotations.NullMarked;
