/**
 * Small applications that know nothing of Engram; the scenarios start them in JVMs of their own.
 * They carry a package of their own so that nothing treats them as part of the product.
 */
@NullMarked
package com.acme;

import org.jspecify.annotations.NullMarked;
