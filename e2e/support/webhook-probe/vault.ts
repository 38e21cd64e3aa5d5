import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VaultAnswer } from './vault-client';

interface Kept {
  id: string;
  token: string;
  customer: { id: string; providerCustomerId: string | null; email: string };
}

/**
 * A payment provider's vault: keeps methods, once for each idempotency key. What a token begins with decides what happens:
 * `declined`; `lost` (kept, and the answer is lost the first time); `silent` (nothing is answered); the part after the last
 * dash is the card.
 */
export class Vault {
  readonly kept = new Map<string, Kept>();
  /** Ids that were deleted, each time that they were. */
  readonly deletions: string[] = [];
  /** While true, deletions are not answered. */
  down = false;
  /** Runs while a method is being kept: the shop waits for the answer. */
  whileKeeping: () => Promise<void> = () => Promise.resolve();
  private readonly answers = new Map<string, VaultAnswer>();
  private server: Server | undefined;
  private count = 0;

  async open(): Promise<string> {
    this.server = createServer((req, res) => void this.answer(req, res).catch(() => res.destroy()));
    await new Promise<void>(resolve => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise(resolve => this.server?.close(resolve));
  }

  /** The tokens of what it keeps of a customer. */
  tokensOf(email: string): string[] {
    return [...this.kept.values()]
      .filter(({ customer }) => customer.email === email)
      .map(({ token }) => token);
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of req) body += String(part);
    const key = String(req.headers['idempotency-key']);
    if (req.method === 'DELETE') {
      if (this.down) return void res.destroy();
      const id = req.url?.split('/').pop() ?? '';
      this.deletions.push(id);
      this.kept.delete(id);
      return void res.end('{}');
    }
    const { token, customer } = JSON.parse(body) as Omit<Kept, 'id'>;
    await this.whileKeeping();
    if (token.startsWith('silent')) return;
    const before = this.answers.get(key);
    const answer = before ?? this.keep(token, customer);
    this.answers.set(key, answer);
    if (token.startsWith('lost') && before === undefined) return void res.destroy();
    res.end(JSON.stringify(answer));
  }

  private keep(token: string, customer: Kept['customer']): VaultAnswer {
    if (token.startsWith('declined')) return { declined: 'card_declined' };
    this.count += 1;
    const id = token.startsWith('fixed') ? token : `vault_pm_${this.count}`;
    this.kept.set(id, { id, token, customer });
    const card = token.split('-').pop() ?? '';
    return {
      id,
      customer: customer.providerCustomerId ?? `vault_cus_${this.count}`,
      last4: card.slice(-4).padStart(4, '0'),
      fingerprint: `print-${card}`,
    };
  }
}
