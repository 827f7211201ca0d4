/** The products on sale. Request threads. */
@NullMarked
package dev.engram.shop.catalog;

import org.jspecify.annotations.NullMarked;
