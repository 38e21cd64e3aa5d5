import { Injectable, type NestMiddleware } from '@nestjs/common';
import { Logger } from '@vendure/core';
import type { NextFunction, Request, Response } from 'express';
import { loggerCtx, PLUGIN_WEBHOOK_ROUTES } from '../constants';
import { PluginWebhooks, type PluginMessage } from '../services/plugin-handlers/plugin-webhooks';
import { FAILED, NOT_FOUND, type WebhookRefusal } from '../services/webhooks/webhook-door';
import { bytesOf, headersOf, refuseWebhook } from './webhook-body';

/**
 * Stands before the webhook controllers of `@vendure/payments-plugin`. They see a message once it is kept, one at a time for each
 * payment; their answer is sent when the money is made sure of.
 */
@Injectable()
export class PluginWebhooksMiddleware implements NestMiddleware {
  constructor(private readonly webhooks: PluginWebhooks) {}

  async use(req: Request, res: Response, next: NextFunction): Promise<void> {
    if (req.method !== 'POST') return next();
    try {
      const message = await this.read(req);
      if ('status' in message) return refuse(res, message);
      const webhook = await this.webhooks.begin(message);
      if (webhook === undefined) return received(res);
      if ('status' in webhook) return refuse(res, webhook);
      const settle = () =>
        this.webhooks.settle(webhook).catch((error: unknown) => {
          Logger.error(
            `The message ${webhook.eventId} is tried again: ${(error as Error).message}`,
            loggerCtx,
          );
        });
      if (!message.forController) {
        await settle();
        return received(res);
      }
      prepare(req, message);
      afterAnswer(res, settle);
      next();
    } catch (error) {
      // Its text may repeat what was sent.
      Logger.error(
        `A webhook of a payment plugin could not be kept: ${error instanceof Error ? error.name : typeof error}.`,
        loggerCtx,
      );
      refuse(res, FAILED);
    }
  }

  private async read(req: Request): Promise<PluginMessage | WebhookRefusal> {
    const path = (req.originalUrl.split('?', 1)[0] ?? '').replace(/\/+$/, '');
    if (path === PLUGIN_WEBHOOK_ROUTES.stripe) return this.webhooks.readStripe(bytesOf(req), headersOf(req));
    const parts = path.slice(PLUGIN_WEBHOOK_ROUTES.mollie.length + 1).split('/');
    const isMollie = path.startsWith(`${PLUGIN_WEBHOOK_ROUTES.mollie}/`) && parts.length === 2;
    return isMollie ? this.webhooks.readMollie(parts, bytesOf(req), headersOf(req)) : NOT_FOUND;
  }
}

/** The body as the controller wants it. */
function prepare(req: Request, { event }: PluginMessage): void {
  if (req.originalUrl.startsWith(PLUGIN_WEBHOOK_ROUTES.stripe)) {
    Object.assign(req, { rawBody: req.body as unknown });
  } else {
    req.body = { id: event.transactionId };
  }
}

/** Does some work once the answer is known, and sends it then. */
function afterAnswer(res: Response, work: () => Promise<unknown>): void {
  const end = res.end.bind(res) as (...args: unknown[]) => Response;
  let answered = false;
  res.end = ((...args: unknown[]) => {
    if (!answered) {
      answered = true;
      void work().finally(() => end(...args));
    }
    return res;
  }) as Response['end'];
}

function received(res: Response): void {
  res.status(200).set('Cache-Control', 'no-store').json({ received: true });
}

function refuse(res: Response, { status, code, message }: WebhookRefusal): void {
  if (status === 503) res.set('Retry-After', '10');
  refuseWebhook(res, status, code, message);
}
