/** Bytes of randomness that a UUIDv7 takes. */
export const UUID_RANDOM_BYTES = 10;

/**
 * A UUID of version 7 (RFC 9562): 48 bits of Unix time in ms, then randomness, so that ids sort by time.
 *
 * @param now Unix time in ms
 * @param random at least 10 random bytes
 */
export function uuidV7(now: number, random: Uint8Array): string {
  if (!Number.isInteger(now) || now < 0 || now >= 2 ** 48) throw new RangeError(`no Unix time in ms: ${now}`);
  if (random.length < UUID_RANDOM_BYTES) throw new RangeError('10 random bytes are needed');
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.set(random.subarray(0, UUID_RANDOM_BYTES), 6);
  bytes[6] = 0x70 | (bytes.readUInt8(6) & 0x0f);
  bytes[8] = 0x80 | (bytes.readUInt8(8) & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
