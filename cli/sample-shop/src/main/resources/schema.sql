create table product (
  id bigint primary key,
  name varchar(100) not null,
  price_cents bigint not null,
  stock integer not null
);

create table customer_order (
  id bigint generated always as identity primary key,
  product_id bigint not null references product (id),
  quantity integer not null,
  total_cents bigint not null
);

-- Lets a statement take as long as it is told to.
create alias pause_millis for "java.lang.Thread.sleep(long)";
