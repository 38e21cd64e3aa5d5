import type { INestApplicationContext } from '@nestjs/common';
import {
  Asset,
  AssetService,
  TransactionalConnection,
  isGraphQlErrorResult,
  type ID,
  type RequestContext,
} from '@vendure/core';
import { createReadStream, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IMAGES = join(dirname(require.resolve('@vendure/create/assets/initial-data.json')), 'images');

/** The tag by which staff find these images. */
const TAG = 'catalogue';

/**
 * Registers the platform's sample photographs, each once, with its preview; those that are there already are
 * used again.
 *
 * @returns their ids, in the order of their file names
 */
export async function ensureImages(
  app: INestApplicationContext,
  ctx: RequestContext,
  onProgress: (done: number, total: number) => void,
): Promise<ID[]> {
  const files = readdirSync(IMAGES)
    .filter(name => name.endsWith('.jpg'))
    .sort();
  const existing = await app
    .get(TransactionalConnection)
    .getRepository(ctx, Asset)
    .find({ relations: { translations: true } });
  const idByName = new Map(existing.flatMap(asset => asset.translations.map(({ name }) => [name, asset.id])));
  const ids: ID[] = [];
  for (const [index, filename] of files.entries()) {
    ids.push(idByName.get(filename) ?? (await register(app, ctx, filename)));
    onProgress(index + 1, files.length);
  }
  return ids;
}

async function register(app: INestApplicationContext, ctx: RequestContext, filename: string): Promise<ID> {
  const asset = await app.get(AssetService).create(ctx, {
    file: Promise.resolve({
      filename,
      mimetype: 'image/jpeg',
      createReadStream: () => createReadStream(join(IMAGES, filename)),
    }),
    tags: [TAG],
  });
  if (isGraphQlErrorResult(asset)) throw new Error(`The image ${filename} was not taken: ${asset.message}`);
  return asset.id;
}
