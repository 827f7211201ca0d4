/**
 * Who a request is made for, as Jetty has found out, for whoever describes the request. The advice
 * and capture classes run on the threads of requests, loaded beside Jetty's security; the
 * instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.jettysecurity;

import org.jspecify.annotations.NullMarked;
