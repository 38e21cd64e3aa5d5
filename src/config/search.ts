import { DefaultSearchPlugin } from '@vendure/core';
import { ElasticsearchPlugin, createOpenSearchAdapter } from '@vendure/elasticsearch-plugin';
import type { Env } from './env';

/** OpenSearch when there is one, else PostgreSQL's full-text search. */
export function searchPlugin(env: Env) {
  if (env.SEARCH_URL === undefined) {
    return DefaultSearchPlugin.init({ bufferUpdates: false, indexStockStatus: true });
  }
  const url = new URL(env.SEARCH_URL);
  return ElasticsearchPlugin.init({
    adapter: () =>
      createOpenSearchAdapter({
        host: `${url.protocol}//${url.hostname}`,
        port: Number(url.port || (url.protocol === 'https:' ? 443 : 9200)),
      }),
    indexPrefix: env.SEARCH_INDEX_PREFIX,
  });
}
