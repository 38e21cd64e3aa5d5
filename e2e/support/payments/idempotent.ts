import type { BackendReply, BackendRequest, PaymentBackend } from './backend';

/** Acts once per key: the answer of the first request is kept, and given again. */
export class Idempotent {
  private readonly kept = new Map<string, { request: string; reply: BackendReply | null }>();

  constructor(private readonly backend: PaymentBackend) {}

  async handle(request: BackendRequest): Promise<BackendReply> {
    const key = request.headers['idempotency-key'];
    if (key === undefined || request.method === 'GET') return await this.backend.handle(request);
    const same = `${request.method} ${request.path} ${request.body}`;
    const known = this.kept.get(key);
    if (known !== undefined) {
      if (known.request !== same) return this.backend.conflict('other_request');
      return known.reply ?? this.backend.conflict('in_use');
    }
    this.kept.set(key, { request: same, reply: null });
    const reply = await this.backend.handle(request).catch(() => null);
    // Refused for its key or its pace: the same request may come again and be carried out.
    const acted = reply !== null && reply.status < 500 && ![401, 403, 429].includes(reply.status);
    if (acted) this.kept.set(key, { request: same, reply });
    else this.kept.delete(key);
    return reply ?? this.backend.failure(500);
  }
}
