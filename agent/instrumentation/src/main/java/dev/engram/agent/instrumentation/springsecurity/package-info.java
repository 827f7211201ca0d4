/**
 * Who a request is made for, as Spring Security has found out, for the SERVER span of the request.
 * The advice and capture classes run on the threads of requests, loaded beside Spring Security; the
 * instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.springsecurity;

import org.jspecify.annotations.NullMarked;
