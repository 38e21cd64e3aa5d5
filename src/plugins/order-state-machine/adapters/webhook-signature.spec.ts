import * as fc from 'fast-check';
import { verifyWebhook, webhookSignature } from './webhook-signature';

const now = new Date(1_700_000_000_000);
const timestamp = '1700000000';

describe('webhookSignature', () => {
  // Reckoned with: printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac 'secret'
  it('is the HMAC-SHA256 of time and body', () => {
    expect(webhookSignature('secret', timestamp, '{"a":1}')).toBe(
      'v1=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686',
    );
  });

  it('verifies, and nothing else does', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.string(),
        fc.string({ minLength: 1 }),
        (secret, body, more) => {
          const signature = webhookSignature(secret, timestamp, body);
          expect(verifyWebhook(secret, { timestamp, body, signature }, now)).toBe(true);
          expect(verifyWebhook(secret, { timestamp, body: body + more, signature }, now)).toBe(false);
          expect(verifyWebhook(secret + more, { timestamp, body, signature }, now)).toBe(false);
          expect(verifyWebhook(secret, { timestamp: '1700000001', body, signature }, now)).toBe(false);
          expect(verifyWebhook(secret, { timestamp, body, signature: more }, now)).toBe(false);
        },
      ),
    );
  });

  it('is worth nothing after five minutes, or before its time', () => {
    const signature = webhookSignature('secret', timestamp, '');
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    for (const [seconds, good] of [
      [300, true],
      [301, false],
      [-301, false],
    ] as const) {
      expect(verifyWebhook('secret', { timestamp, body: '', signature }, at(seconds))).toBe(good);
    }
  });
});
