import { type INestApplicationContext } from '@nestjs/common';
import {
  bootstrapWorker,
  Injector,
  RequestContextService,
  TransactionalConnection,
  type Order,
  type RequestContext,
} from '@vendure/core';
import { ModuleRef } from '@nestjs/core';
import { parseEnv } from '../../src/config/env';
import { DomainEventsPlugin } from '../../src/plugins/domain-events';
import { FraudRiskCheck } from '../../src/plugins/fraud';
import { deviceHeader } from '../../src/plugins/fraud/testing';
import { createVendureConfig } from '../../vendure-config';
import type { Shopper } from './shoppers';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';

/** The shop's own services in the benchmark's process, asked as the gate of payments asks them. */
export class BenchShop {
  private readonly check = new FraudRiskCheck();
  private attempt = 0;

  private constructor(
    readonly app: INestApplicationContext,
    readonly ctx: RequestContext,
  ) {
    this.check.init(new Injector(app.get(ModuleRef)));
  }

  static async start(environment: NodeJS.ProcessEnv): Promise<BenchShop> {
    const config = createVendureConfig(parseEnv(environment), 'worker');
    // After the shop's own settings. Handlers are the work of other processes.
    DomainEventsPlugin.init({ relay: false });
    const { app } = await bootstrapWorker(config);
    return new BenchShop(app, await app.get(RequestContextService).create({ apiType: 'shop' }));
  }

  query<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.app.get(TransactionalConnection).rawConnection.query(sql, parameters);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** One payment: both looks. Takes how long each was (ms). */
  async pay(shopper: Shopper): Promise<{ before: number; after: number }> {
    const ctx = this.requestOf(shopper);
    const subject = {
      order: orderOf(shopper),
      attemptId: String((this.attempt += 1)),
      provider: 'bench',
      method: 'bench',
      amount: 4_200,
    };
    const started = performance.now();
    await this.check.assess(ctx, subject);
    const asked = performance.now();
    await this.check.reassess(ctx, {
      ...subject,
      instrument: {
        type: 'card',
        brand: 'visa',
        last4: '4242',
        expiryMonth: 1,
        expiryYear: 2030,
        fingerprint: shopper.card,
        issuingCountry: 'GB',
        threeDSecure: null,
      },
    });
    return { before: asked - started, after: performance.now() - asked };
  }

  private requestOf({ ip, device }: Shopper): RequestContext {
    const ctx = this.ctx.copy();
    const req = {
      headers: {
        'user-agent': CHROME,
        'x-device': deviceHeader({ fingerprint: device, timezone: 'Europe/London', language: 'en-GB' }),
      },
      socket: { remoteAddress: ip },
    };
    return Object.assign(ctx, { _req: req });
  }
}

/** As much of an order as the signals are taken from; its row is that of the customer's past order. */
function orderOf({ person, email, street }: Shopper): Order {
  const address = { streetLine1: street, city: 'Leeds', postalCode: 'LS1 1AA', countryCode: 'GB' };
  return {
    id: person,
    currencyCode: 'EUR',
    lines: [{ quantity: 1 }],
    shippingLines: [{}],
    couponCodes: [],
    shippingAddress: address,
    billingAddress: address,
    customer: { id: person, emailAddress: email },
  } as unknown as Order;
}
