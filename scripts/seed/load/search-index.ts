import type { Client } from 'pg';
import type { Schema } from './schema';

const TABLE = 'search_index_item';

/** Longer texts do not fit into the index's own database index; the platform cuts them the same way. */
const DESCRIPTION_LIMIT = 2_600;

/** By column: the expression for one variant `v` in one channel `c` and language `l`. */
const COLUMNS: Readonly<Record<string, string>> = {
  languageCode: 'l.code',
  currencyCode: 'c."defaultCurrencyCode"',
  channelId: 'c.id',
  productVariantId: 'v.id',
  productId: 'p.id',
  enabled: 'v.enabled AND p.enabled',
  productName: 'pt.name',
  productVariantName: 'vt.name',
  description: `left(pt.description, ${DESCRIPTION_LIMIT})`,
  slug: 'pt.slug',
  sku: 'v.sku',
  price: `CASE WHEN c."pricesIncludeTax" THEN ${rounded('price.price - (price.price - price.price / ((100 + rate.value) / 100))')} ELSE price.price END`,
  priceWithTax: `CASE WHEN c."pricesIncludeTax" THEN price.price ELSE ${rounded('price.price + price.price * (rate.value / 100)')} END`,
  productAssetId: 'pa.id',
  productPreview: `COALESCE(pa.preview, '')`,
  productPreviewFocalPoint: 'pa."focalPoint"',
  productVariantAssetId: 'va.id',
  productVariantPreview: `COALESCE(va.preview, '')`,
  productVariantPreviewFocalPoint: 'va."focalPoint"',
  facetIds: `COALESCE(facets.facets, '')`,
  facetValueIds: `COALESCE(facets.values, '')`,
  collectionIds: `COALESCE(collections.ids, '')`,
  collectionSlugs: `COALESCE(collections.slugs, '')`,
  channelIds: 'channels.ids',
  inStock: '(stock.saleable > 0)',
  productInStock: '(bool_or(stock.saleable > 0) OVER (PARTITION BY c.id, l.code, p.id))',
};

/** Rounds as JavaScript's Math.round does, on the same floating-point numbers. */
function rounded(expression: string): string {
  return `floor((${expression}) + 0.5)::int`;
}

const SOURCE = `
  FROM product_variant v
  JOIN product p ON p.id = v."productId"
  JOIN product_variant_channels_channel vc ON vc."productVariantId" = v.id
  JOIN (
    SELECT id, "defaultLanguageCode", "availableLanguageCodes", "defaultCurrencyCode", "pricesIncludeTax", "defaultTaxZoneId"
    FROM channel
  ) c ON c.id = vc."channelId"
  CROSS JOIN LATERAL unnest(string_to_array(COALESCE(NULLIF(c."availableLanguageCodes", ''), c."defaultLanguageCode"), ',')) AS l (code)
  JOIN product_translation pt ON pt."baseId" = p.id AND pt."languageCode" = l.code
  JOIN product_variant_translation vt ON vt."baseId" = v.id AND vt."languageCode" = l.code
  JOIN LATERAL (SELECT price::float8 AS price FROM product_variant_price
    WHERE "variantId" = v.id AND "channelId" = c.id AND "currencyCode" = c."defaultCurrencyCode") price ON true
  LEFT JOIN LATERAL (SELECT value::float8 AS value FROM tax_rate
    WHERE "categoryId" = v."taxCategoryId" AND "zoneId" = c."defaultTaxZoneId" AND enabled LIMIT 1) rate ON true
  LEFT JOIN asset pa ON pa.id = p."featuredAssetId"
  LEFT JOIN asset va ON va.id = v."featuredAssetId"
  LEFT JOIN (
    SELECT variant, string_agg(DISTINCT "facetId"::text, ',') AS facets, string_agg(DISTINCT id::text, ',') AS values
    FROM (
      SELECT "productVariantId" AS variant, "facetValueId" AS value FROM product_variant_facet_values_facet_value
      UNION
      SELECT pv.id, pf."facetValueId" FROM product_variant pv
      JOIN product_facet_values_facet_value pf ON pf."productId" = pv."productId"
    ) links JOIN facet_value ON facet_value.id = links.value
    GROUP BY variant
  ) facets ON facets.variant = v.id
  LEFT JOIN (
    SELECT m."productVariantId" AS variant, t."languageCode" AS language,
      string_agg(m."collectionId"::text, ',' ORDER BY m."collectionId") AS ids,
      string_agg(t.slug, ',' ORDER BY m."collectionId") AS slugs
    FROM collection_product_variants_product_variant m
    JOIN collection_translation t ON t."baseId" = m."collectionId"
    GROUP BY m."productVariantId", t."languageCode"
  ) collections ON collections.variant = v.id AND collections.language = l.code
  JOIN (
    SELECT "productVariantId" AS variant, string_agg("channelId"::text, ',' ORDER BY "channelId") AS ids
    FROM product_variant_channels_channel GROUP BY "productVariantId"
  ) channels ON channels.variant = v.id
  LEFT JOIN (
    SELECT s."productVariantId" AS variant, sc."channelId" AS channel, sum(s."stockOnHand" - s."stockAllocated") AS saleable
    FROM stock_level s JOIN stock_location_channels_channel sc ON sc."stockLocationId" = s."stockLocationId"
    GROUP BY s."productVariantId", sc."channelId"
  ) stock ON stock.variant = v.id AND stock.channel = c.id
  WHERE v."deletedAt" IS NULL AND p."deletedAt" IS NULL`;

/**
 * Fills the search index of the platform's DefaultSearchPlugin with one statement; a reindex by the plugin itself
 * finds nothing to change, but needs a dozen queries for each product. For a shop as the seed leaves it: all
 * texts are there in each language of the channel, and no variant has a stock threshold of its own.
 *
 * @returns how many rows were written; undefined when the database has no such index
 */
export async function fillSearchIndex(client: Client, schema: Schema): Promise<number | undefined> {
  if (!schema.hasTable(TABLE)) return undefined;
  const columns = Object.keys(COLUMNS).filter(column => schema.hasColumn(TABLE, column));
  const result = await client.query(
    `INSERT INTO ${TABLE} (${columns.map(column => `"${column}"`).join(', ')})
     SELECT ${columns.map(column => COLUMNS[column]).join(', ')} ${SOURCE}`,
  );
  return result.rowCount ?? 0;
}
