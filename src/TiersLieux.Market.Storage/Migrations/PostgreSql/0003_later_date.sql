-- A later date that the customer of a running order is asked about.
ALTER TABLE "order" ADD COLUMN later_date text;
