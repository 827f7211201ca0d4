/** Taking orders: several statements in one transaction. Request threads. */
@NullMarked
package dev.engram.shop.orders;

import org.jspecify.annotations.NullMarked;
