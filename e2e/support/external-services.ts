import { Redis } from 'ioredis';

/** Deletes all keys that begin with the prefix. */
export async function removeKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 500 })) {
      if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
    }
  } finally {
    redis.disconnect();
  }
}

/** Deletes all indexes of OpenSearch or Elasticsearch whose name begins with the prefix. */
export async function removeIndexes(searchUrl: string, prefix: string): Promise<void> {
  // By name, since both may refuse to delete by a wildcard.
  const listed = await fetch(`${searchUrl}/_cat/indices/${prefix}*?format=json&h=index`);
  if (!listed.ok) throw new Error(`The search engine answers ${listed.status}: ${await listed.text()}`);
  for (const { index } of (await listed.json()) as { index: string }[]) {
    await fetch(`${searchUrl}/${index}`, { method: 'DELETE' });
  }
}
