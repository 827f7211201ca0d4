/** Endpoints that are slow, asynchronous, or lean on a system that is down. Request threads. */
@NullMarked
package dev.engram.shop.operations;

import org.jspecify.annotations.NullMarked;
