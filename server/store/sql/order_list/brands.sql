SELECT order_id, brand, items, face FROM order_brands WHERE /*or*/(order_id = $1)/*or*/
ORDER BY order_id, items DESC, brand
