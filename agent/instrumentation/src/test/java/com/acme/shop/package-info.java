/** The applications that tests run: not of the agent, so they are instrumented like any other. */
package com.acme.shop;
