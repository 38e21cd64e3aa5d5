import type { Request, Response } from 'express';
import { WEBHOOK_RATE } from '../constants';
import { webhookBody } from './webhook-body';

/** What a request gets before its body is read; a type that is refused, so that none is. */
function knock(handler: ReturnType<typeof webhookBody>, ip: string, method = 'POST'): number | 'through' {
  let answer: number | 'through' = 'through';
  const res = {
    status: (status: number) => {
      answer = status;
      return res;
    },
    set: () => res,
    json: () => res,
  };
  const req = { method, ip, headers: { 'content-type': 'text/plain' } };
  void handler(req as unknown as Request, res as unknown as Response, () => undefined);
  return answer;
}

describe('what comes before the body of a webhook', () => {
  it('is a limit on what one address sends, that lets others alone and ends by itself', () => {
    let now = 0;
    const handler = webhookBody(() => now);
    for (let count = 0; count < WEBHOOK_RATE.burst; count += 1) expect(knock(handler, '192.0.2.1')).toBe(415);
    expect(knock(handler, '192.0.2.1')).toBe(429);
    expect(knock(handler, '192.0.2.2')).toBe(415);
    now += 1_000;
    expect(knock(handler, '192.0.2.1')).toBe(415);
  });

  it('lets other methods through to where they are not found', () => {
    expect(knock(webhookBody(), '192.0.2.1', 'GET')).toBe('through');
  });
});
