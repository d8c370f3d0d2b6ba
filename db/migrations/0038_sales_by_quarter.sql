-- Sales of part of a year are summed from quarters: of a company with very many customers, a month by customer is nearly as many rows as a quarter is.
alter table sales_activity drop constraint sales_activity_grain_is_known;
alter table sales_activity add constraint sales_activity_grain_is_known check (grain in ('day', 'month', 'quarter', 'year'));
-- What is folded by month comes to the quarters.
alter table sales_activity no force row level security;
insert into sales_activity (company_id, dimension, grain, starts_on, key, currency, facts, quantity, sales_minor, returns_minor, discounts_minor,
    shipping_minor, tax_minor)
  select company_id, dimension, 'quarter', date_trunc('quarter', starts_on)::date, key, currency, sum(facts), sum(quantity), sum(sales_minor),
      sum(returns_minor), sum(discounts_minor), sum(shipping_minor), sum(tax_minor)
    from sales_activity where grain = 'month' group by 1, 2, 4, 5, 6 order by 1, 2, 4, 5, 6;
alter table sales_activity force row level security;
