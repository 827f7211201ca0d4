/**
 * A small shop for the demo and the integration tests: an ordinary Spring Boot service with a
 * database, where some requests are slow and some fail. It does not know that it is remembered.
 */
@NullMarked
package dev.engram.shop;

import org.jspecify.annotations.NullMarked;
