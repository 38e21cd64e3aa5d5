import type { Readable } from 'node:stream';

/** A file of a multipart request, as the platform gives it. */
export type Upload = Promise<{ createReadStream(): Readable }>;

/** @returns null for one that is too large: what is left of it is not read */
export async function readUpload(upload: Upload, mostBytes: number): Promise<Buffer | null> {
  const stream = (await upload).createReadStream();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > mostBytes) {
      stream.destroy();
      return null;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
