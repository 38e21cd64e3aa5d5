import type { RequestContext } from '@vendure/core';

/**
 * SQL for the name of the variant `v`, in the language `$2`, else `$3`, else any: of the request and of the channel, as
 * `languagesOf` gives them.
 */
export const VARIANT_NAME = `(
  SELECT t.name FROM product_variant_translation t WHERE t."baseId" = v.id
  ORDER BY t."languageCode" = $2 DESC, t."languageCode" = $3 DESC, t.id LIMIT 1
)`;

export function languagesOf(ctx: RequestContext): [string, string] {
  return [ctx.languageCode, ctx.channel.defaultLanguageCode];
}
