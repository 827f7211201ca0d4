/** Classes that frameworks make and call. */
package com.acme.shop.components;
