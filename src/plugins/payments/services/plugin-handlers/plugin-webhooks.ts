import { Injectable } from '@nestjs/common';
import { Logger, type PaymentMethod } from '@vendure/core';
import { ChannelContextService } from '../../../domain-events';
import { loggerCtx } from '../../constants';
import type { PaymentWebhook } from '../../entities/payment-webhook.entity';
import { PLUGIN_HANDLER_FACTS } from '../../rules/plugin-handlers';
import type { PaymentProvider, ProviderEvent, WebhookHeaders } from '../../types';
import { HeldWebhooks } from './held-webhooks';
import { PluginAccounts } from './plugin-accounts';
import { PluginMoney } from './plugin-money';
import { ProviderCallsService } from '../providers/provider-calls.service';
import { NOT_FOUND, refusal, WebhookDoor, type WebhookRefusal } from '../webhooks/webhook-door';
import type { WebhookOutcome } from '../webhooks/webhook-sink';

const { stripe, mollie } = PLUGIN_HANDLER_FACTS;

/** How long a delivery waits for another one of the same payment: providers give up after 10 to 15 s. */
const WAIT_MS = 8_000;
const LOOK_EVERY_MS = 150;

const BUSY = refusal(503, 'WEBHOOK_BUSY', 'The payment is being worked on: send the message again.');
const NO_PAYMENT = refusal(404, 'NOT_FOUND', 'There is no such payment.');

/** A message that was let in. */
export interface PluginMessage {
  readonly provider: string;
  readonly event: ProviderEvent;
  /** Whether the plugin's controller has anything to do with it. */
  readonly forController: boolean;
}

/**
 * Messages to the webhooks of `@vendure/payments-plugin`, which keep no ids, believe that they come once, and answer 200 when
 * the order did not take the money.
 */
@Injectable()
export class PluginWebhooks {
  constructor(
    private readonly contexts: ChannelContextService,
    private readonly accounts: PluginAccounts,
    private readonly door: WebhookDoor,
    private readonly calls: ProviderCallsService,
    private readonly held: HeldWebhooks,
    private readonly money: PluginMoney,
  ) {}

  /** Stripe's: signed with the secret of one of the payment methods. */
  async readStripe(body: Buffer, headers: WebhookHeaders): Promise<PluginMessage | WebhookRefusal> {
    const accounts = this.accountsOf(await this.methods(stripe.provider));
    // Of several accounts the one whose signature it is; if it is none's, the first refuses it.
    const account = accounts.find(known => known.verifyWebhook(body, headers)) ?? accounts[0];
    if (account === undefined) return NOT_FOUND;
    const event = this.door.read(account, body, headers);
    if ('status' in event) return event;
    const forController = event.type.startsWith('payment_intent.') && namesOrder(body);
    return { provider: stripe.provider, event, forController };
  }

  /** Mollie's, which nobody signs: Mollie is asked whether there is such a payment. */
  async readMollie(
    [channelToken, methodId]: readonly string[],
    body: Buffer,
    headers: WebhookHeaders,
  ): Promise<PluginMessage | WebhookRefusal> {
    const method = (await this.methods(mollie.provider)).find(
      ({ id, channels }) => String(id) === methodId && channels.some(({ token }) => token === channelToken),
    );
    const [account] = this.accountsOf(method === undefined ? [] : [method]);
    if (account === undefined) return NOT_FOUND;
    const event = this.door.read(account, body, headers);
    if ('status' in event) return event;
    const { transactionId } = event;
    const seen = await this.calls.ask(call =>
      account.query({ transactionId, reference: '', since: new Date(0) }, call),
    );
    return seen === null ? NO_PAYMENT : { provider: mollie.provider, event, forController: true };
  }

  /**
   * Keeps a message, and takes hold of it; waits as long as another of the same payment is worked on.
   *
   * @returns what is to be worked off; nothing where that was done before
   */
  async begin({ provider, event }: PluginMessage): Promise<PaymentWebhook | WebhookRefusal | undefined> {
    let hold = await this.held.keep(provider, event);
    for (let waited = 0; hold.state === 'busy'; waited += LOOK_EVERY_MS) {
      if (waited >= WAIT_MS) return BUSY;
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
      hold = await this.held.hold(hold.webhook);
    }
    return hold.state === 'over' ? undefined : hold.webhook;
  }

  /**
   * Makes sure of the money, whatever the controller has done.
   *
   * @throws what is in the way; it is tried again then
   */
  async settle(webhook: PaymentWebhook): Promise<WebhookOutcome> {
    try {
      const outcome = await this.money.makeSure(webhook);
      await this.held.end(webhook, outcome);
      return outcome;
    } catch (error) {
      await this.held.giveUp(webhook, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** Works a message off once more, without the controller: the provider is asked. */
  async again(webhook: PaymentWebhook): Promise<WebhookOutcome> {
    const hold = await this.held.hold(webhook);
    if (hold.state === 'over') return { state: 'done', reason: null };
    if (hold.state === 'busy') throw new Error('Somebody else is at work on it.');
    return this.settle(hold.webhook);
  }

  /** Those that were cut off, or have failed. @returns how many */
  async finish(limit: number): Promise<number> {
    const overdue = await this.held.overdue(limit);
    for (const webhook of overdue) {
      await this.again(webhook).catch((error: unknown) => {
        Logger.error(
          `The message ${webhook.eventId} could not be worked off: ${(error as Error).message}`,
          loggerCtx,
        );
      });
    }
    return overdue.length;
  }

  private async methods(provider: string): Promise<PaymentMethod[]> {
    return this.accounts.methods(await this.contexts.of(null), provider);
  }

  private accountsOf(methods: readonly PaymentMethod[]): PaymentProvider[] {
    return methods.flatMap(method => this.accounts.account(method) ?? []);
  }
}

/** Whether the controller knows what it is about: it fails for the payments of others in the same account. */
function namesOrder(body: Buffer): boolean {
  const { data } = JSON.parse(body.toString('utf8')) as {
    data: { object: { metadata?: Record<string, unknown> } };
  };
  const { channelToken, orderCode, orderId } = data.object.metadata ?? {};
  return [channelToken, orderCode, orderId].every(value => typeof value === 'string' && value !== '');
}
