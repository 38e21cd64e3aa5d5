import { below } from '../random';
import type { BackendMessage } from './backend';

export interface WebhookPlan {
  readonly random: () => number;
  /** Each message is sent 0 to so many times. */
  readonly maxTimes: number;
  /** Each time after up to so many ms: that is what reorders them. */
  readonly maxDelayMs: number;
}

/** Sends a provider's messages to the shop: once and at once, unless a plan says otherwise. */
export class WebhookSender {
  /** Every message that the provider has made, sent or not. */
  readonly messages: BackendMessage[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly underWay = new Set<Promise<unknown>>();

  /** @param url nothing: messages are kept, and sent by hand */
  constructor(
    public url: string | null = null,
    public plan: WebhookPlan | null = null,
  ) {}

  readonly accept = (message: BackendMessage): void => {
    this.messages.push(message);
    if (this.url === null) return;
    const times = this.plan === null ? 1 : below(this.plan.maxTimes + 1, this.plan.random);
    for (let time = 0; time < times; time += 1) {
      const delay = this.plan === null ? 0 : below(this.plan.maxDelayMs + 1, this.plan.random);
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        const sending = this.send(message).catch(() => undefined);
        this.underWay.add(sending);
        void sending.finally(() => this.underWay.delete(sending));
      }, delay);
      this.timers.add(timer);
    }
  };

  /** @returns the shop's status */
  async send(message: BackendMessage, headers: Record<string, string> = message.headers()): Promise<number> {
    if (this.url === null) throw new Error('There is no address to send messages to.');
    const response = await fetch(this.url, {
      method: 'POST',
      headers,
      body: message.body,
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** The newest message of that name. */
  last(name: string): BackendMessage {
    const found = this.messages.findLast(message => message.name === name);
    if (found === undefined) {
      throw new Error(`No ${name} among ${this.messages.map(message => message.name).join(', ')}.`);
    }
    return found;
  }

  /** Until all that is planned has been sent. */
  async drained(): Promise<void> {
    while (this.timers.size > 0 || this.underWay.size > 0)
      await new Promise(resolve => setTimeout(resolve, 10));
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
