package com.acme.shop.components;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** A resource of JAX-RS. */
@Path("/orders")
public class OrderResource {
  @GET
  @Path("/{id}")
  public String order(@PathParam("id") String id) {
    throw new IllegalStateException("no order " + id);
  }
}
