import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { WEBHOOK_ROUTE } from '../constants';
import { WebhookDoor } from '../services/webhooks/webhook-door';
import { bytesOf, headersOf, refuseWebhook } from './webhook-body';

/** Where the payment providers tell what has happened. */
@Controller(WEBHOOK_ROUTE)
export class PaymentWebhooksController {
  constructor(private readonly door: WebhookDoor) {}

  @Post(':provider')
  async receive(
    @Param('provider') provider: string,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    const refusal = await this.door.receive(provider, bytesOf(req), headersOf(req));
    if (refusal !== undefined) return refuseWebhook(res, refusal.status, refusal.code, refusal.message);
    res.status(200).set('Cache-Control', 'no-store').json({ received: true });
  }
}
