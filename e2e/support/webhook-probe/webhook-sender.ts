import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROBE_PROVIDER, SIGNATURE_HEADER, signed, type ProbeMessage } from './signed-provider';
import { query } from '../sql';
import { testEnv } from '../test-env';

export interface WebhookRow {
  id: number;
  eventId: string;
  type: string;
  kind: string;
  transactionId: string | null;
  dispute: Record<string, unknown> | null;
  state: string;
  attempts: number;
  error: string | null;
}

export interface Sending {
  provider?: string;
  /** In place of the right one. */
  signature?: string | null;
  headers?: Record<string, string>;
  method?: string;
}

/** The probe provider, as it sends messages to a shop. */
export class WebhookSender {
  constructor(
    private readonly baseUrl: string,
    private readonly database: string,
  ) {}

  async send(
    message: ProbeMessage | string | Buffer,
    sending: Sending = {},
  ): Promise<{ status: number; text: string }> {
    const body = typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message);
    const signature = sending.signature === undefined ? signed(body) : sending.signature;
    const response = await fetch(`${this.baseUrl}/payments/webhooks/${sending.provider ?? PROBE_PROVIDER}`, {
      method: sending.method ?? 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature === null ? {} : { [SIGNATURE_HEADER]: signature }),
        ...sending.headers,
      },
      body: new Uint8Array(Buffer.from(body)),
    });
    return { status: response.status, text: await response.text() };
  }

  /** What is kept of messages whose ids begin so, in the order in which they came. */
  rows(prefix: string): Promise<WebhookRow[]> {
    return query<WebhookRow>(
      `SELECT id, "eventId", type, kind, "transactionId", dispute, state, attempts, error FROM payment_webhook
       WHERE starts_with("eventId", $1) ORDER BY id`,
      [prefix],
      this.database,
    );
  }

  /** All that the shop's processes have printed. */
  log(): string {
    const { logDir } = testEnv();
    return readdirSync(logDir)
      .filter(file => file.startsWith(this.database))
      .map(file => readFileSync(join(logDir, file), 'utf8'))
      .join('\n');
  }
}
