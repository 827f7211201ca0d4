insert into product (id, name, price_cents, stock) values
  (1, 'Teapot', 2450, 100000),
  (2, 'Kettle', 3900, 100000),
  (3, 'Strainer', 650, 100000),
  (4, 'Cup', 900, 100000);
