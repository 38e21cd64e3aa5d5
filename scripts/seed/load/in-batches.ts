import type { BulkWriter } from './bulk-writer';

/**
 * Adds the rows of each item, and sends them after every `size` items and after the last one: memory stays bounded
 * however many there are.
 *
 * @param add puts one item's rows into the writer's tables
 * @param onProgress is told how many items are written
 */
export async function inBatches<T>(
  writer: Pick<BulkWriter, 'flush'>,
  size: number,
  items: Iterable<T>,
  add: (item: T) => void,
  onProgress: (done: number) => void,
): Promise<void> {
  let done = 0;
  let sent = 0;
  const send = async () => {
    await writer.flush();
    sent = done;
    onProgress(done);
  };
  for (const item of items) {
    add(item);
    done++;
    if (done - sent === size) await send();
  }
  if (done > sent) await send();
}

/** 0 to below `count`. */
export function* indexes(count: number): Generator<number> {
  for (let index = 0; index < count; index++) yield index;
}
