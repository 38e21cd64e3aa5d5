import type { Order, RequestContext } from '@vendure/core';
import type { PickListService, PickListView } from '../../../inventory';
import { BuiltInCarrier } from '../../adapters/built-in-carrier.adapter';
import type { OrderDocument } from '../../entities/order-document.entity';
import { EffectNotNeededError, EffectRefusedError } from '../../errors';
import { resolveOptions } from '../../rules/options';
import type { EffectRun, LabelRequest, WarehouseNotice } from '../../types';
import type { NewOrderDocument, OrderDocumentService } from '../documents/order-document.service';
import type { CustomerMailService } from '../mails/customer-mail.service';
import { CreateShippingLabelEffect } from './create-shipping-label.effect';
import { GeneratePackingListEffect } from './generate-packing-list.effect';
import { NotifyWarehouseEffect } from './notify-warehouse.effect';
import { RequestFeedbackEffect } from './request-feedback.effect';
import { SendConfirmationEmailEffect } from './send-confirmation-email.effect';
import { SendShippingNotificationEffect } from './send-shipping-notification.effect';

const ctx = { channel: { defaultLanguageCode: 'en' } } as unknown as RequestContext;
const options = resolveOptions({ shopName: 'Shop', storefrontUrl: 'https://shop.example' });
const run: EffectRun = {
  effectId: 'e1',
  idempotencyKey: 'key-1',
  attempt: 1,
  signal: new AbortController().signal,
  transition: { id: 't1', trigger: 'x', at: new Date(0) },
  compensates: null,
  fulfillmentId: null,
};
const order = (changes: Record<string, unknown> = {}) =>
  ({
    id: 7,
    code: 'ORD-1',
    state: 'Processing',
    shippingAddress: { fullName: 'Ada', streetLine1: '1 Way', city: 'London', countryCode: 'GB' },
    shippingLines: [{ shippingMethod: { code: 'express' } }],
    fulfillments: [],
    lines: [{ id: '1', quantity: 9 }],
    ...changes,
  }) as unknown as Order;

const pickList = (id: string, state: PickListView['state'] = 'open'): PickListView => ({
  id,
  orderId: '7',
  orderCode: 'ORD-1',
  stockLocationId: `location-${id}`,
  stockLocationName: `Warehouse ${id}`,
  state,
  createdAt: new Date(0),
  lines: [{ orderLineId: '1', productId: '1', productVariantId: '1', sku: 'A', name: 'Chair', quantity: 2 }],
});
const source = (...lists: PickListView[]) =>
  ({
    ofOrder: () => Promise.resolve(lists.filter(({ state }) => state !== 'cancelled')),
    everOfOrder: () => Promise.resolve(lists),
  }) as unknown as PickListService;

/** Documents in memory, with what the service promises: one per key, voided once. */
class Documents {
  readonly rows: OrderDocument[] = [];

  madeBy = (_ctx: RequestContext, key: string) =>
    Promise.resolve(this.rows.find(({ idempotencyKey }) => idempotencyKey === key));

  ofOrder = () => Promise.resolve([...this.rows]);

  store(_ctx: RequestContext, document: NewOrderDocument): Promise<OrderDocument> {
    const row = { ...document, id: this.rows.length + 1, voidedAt: null } as unknown as OrderDocument;
    this.rows.push(row);
    return Promise.resolve(row);
  }

  void(_ctx: RequestContext, ids: ReadonlyArray<string | number>): Promise<number> {
    const rows = this.rows.filter(
      ({ id, voidedAt }) => voidedAt === null && ids.map(String).includes(String(id)),
    );
    for (const row of rows) row.voidedAt = new Date(0);
    return Promise.resolve(rows.length);
  }

  get service(): OrderDocumentService {
    return this as unknown as OrderDocumentService;
  }
}

/** A carrier that fails when told to, and remembers its calls. */
class Carrier extends BuiltInCarrier {
  readonly made: string[] = [];
  readonly voided: string[] = [];
  failAt: Record<string, Error> = {};

  constructor() {
    super({ name: 'Van' });
  }

  override createLabel(...[context, request, call]: Parameters<BuiltInCarrier['createLabel']>) {
    const error = this.failAt[request.stockLocationId];
    if (error !== undefined) return Promise.reject(error);
    this.made.push(call.idempotencyKey);
    return super.createLabel(context, request, call);
  }

  override voidLabel(...args: unknown[]): Promise<void> {
    this.voided.push((args[1] as { trackingNumber: string }).trackingNumber);
    return Promise.resolve();
  }
}

describe('create_shipping_label', () => {
  const make = (...lists: PickListView[]) => {
    const documents = new Documents();
    const carrier = new Carrier();
    const effect = new CreateShippingLabelEffect(carrier, source(...lists), documents.service, options);
    return { documents, carrier, effect };
  };

  it('makes a label for each location, but none for a cancelled list', async () => {
    const { effect, documents } = make(pickList('a'), pickList('b'), pickList('c', 'cancelled'));
    const done = await effect.run(ctx, order(), run);
    expect(done.documents).toEqual([
      { documentId: '1', stockLocationId: 'location-a', carrier: 'built-in' },
      { documentId: '2', stockLocationId: 'location-b', carrier: 'built-in' },
    ]);
    expect(new Set(documents.rows.map(({ trackingNumber }) => trackingNumber)).size).toBe(2);
  });

  it('goes on after a failure without asking twice for what it has', async () => {
    const { effect, carrier, documents } = make(pickList('a'), pickList('b'));
    carrier.failAt = { 'location-b': new Error('down') };
    await expect(effect.run(ctx, order(), run)).rejects.toThrow('down');
    carrier.failAt = {};
    await effect.run(ctx, order(), { ...run, attempt: 2 });
    expect(carrier.made).toEqual(['key-1:a', 'key-1:b']);
    expect(documents.rows).toHaveLength(2);
    expect(carrier.voided).toEqual([]);
  });

  it('voids what a cut off attempt made for parcels that left with other numbers', async () => {
    const { effect, carrier, documents } = make(pickList('a'));
    await effect.run(ctx, order(), run);
    const sent = (trackingCode: string) => ({
      fulfillments: [{ state: 'Shipped', trackingCode, lines: [{ orderLineId: '1', quantity: 9 }] }],
    });
    const again = { ...run, attempt: 2 };
    const withIt = order(sent(documents.rows[0]!.trackingNumber!));
    expect((await effect.run(ctx, withIt, again)).documents).toMatchObject([{ documentId: '1' }]);
    expect(carrier.voided).toEqual([]);
    await expect(effect.run(ctx, order(sent('BY-HAND')), again)).rejects.toBeInstanceOf(EffectNotNeededError);
    expect(carrier.voided).toHaveLength(1);
    expect(documents.rows[0]?.voidedAt).not.toBeNull();
  });

  it('takes back what it made when the rest is refused', async () => {
    const { effect, carrier, documents } = make(pickList('a'), pickList('b'));
    carrier.failAt = { 'location-b': new EffectRefusedError('no such address') };
    await expect(effect.run(ctx, order(), run)).rejects.toThrow('no such address');
    expect(carrier.voided).toHaveLength(1);
    expect(documents.rows[0]?.voidedAt).not.toBeNull();
  });

  it('voids its labels once, and no other’s', async () => {
    const { effect, carrier, documents } = make(pickList('a'));
    await effect.run(ctx, order(), run);
    const other = await documents.store(ctx, {
      ...documents.rows[0],
      idempotencyKey: 'z',
    } as NewOrderDocument);
    expect(await effect.compensate(ctx, order(), { ...run, compensates: run.idempotencyKey })).toEqual({
      voided: 1,
    });
    expect(await effect.compensate(ctx, order(), { ...run, compensates: run.idempotencyKey })).toEqual({
      voided: 0,
    });
    expect(carrier.voided).toEqual([documents.rows[0]?.trackingNumber]);
    expect(other.voidedAt).toBeNull();
  });

  it('is not needed without anything to pick, and refused without an address', async () => {
    await expect(make().effect.run(ctx, order(), run)).rejects.toBeInstanceOf(EffectNotNeededError);
    const nowhere = make(pickList('a')).effect.run(ctx, order({ shippingAddress: {} }), run);
    await expect(nowhere).rejects.toBeInstanceOf(EffectRefusedError);
  });

  it('tells the carrier from where, how and what', async () => {
    const { effect, carrier } = make(pickList('a'));
    const requests: LabelRequest[] = [];
    const createLabel = carrier.createLabel.bind(carrier);
    carrier.createLabel = (context, request, call) => {
      requests.push(request);
      return createLabel(context, request, call);
    };
    await effect.run(ctx, order(), run);
    expect(requests).toMatchObject([
      {
        orderCode: 'ORD-1',
        from: { name: 'Shop · Warehouse a' },
        service: 'express',
        lines: [{ quantity: 2 }],
      },
    ]);
  });
});

describe('generate_packing_list', () => {
  it('makes one for each location, once, and voids them', async () => {
    const documents = new Documents();
    const effect = new GeneratePackingListEffect(
      source(pickList('a'), pickList('b')),
      documents.service,
      options,
      { now: () => 0, date: () => new Date(0) },
    );
    await effect.run(ctx, order(), run);
    await effect.run(ctx, order(), { ...run, attempt: 2 });
    expect(documents.rows.map(({ kind, stockLocationName }) => [kind, stockLocationName])).toEqual([
      ['packing_list', 'Warehouse a'],
      ['packing_list', 'Warehouse b'],
    ]);
    expect(await effect.compensate(ctx, order(), { ...run, compensates: run.idempotencyKey })).toEqual({
      voided: 2,
    });
  });
});

describe('notify_warehouse', () => {
  const make = (...lists: PickListView[]) => {
    const told: Array<WarehouseNotice & { key: string }> = [];
    const effect = new NotifyWarehouseEffect(
      {
        notify: (_ctx, notice, { idempotencyKey }) => {
          told.push({ ...notice, key: idempotencyKey });
          return Promise.resolve({ status: 202 });
        },
      },
      source(...lists),
    );
    return { told, effect };
  };

  it('asks for the goods, and calls them back under another key', async () => {
    const { told, effect } = make(pickList('a'), pickList('b'));
    const done = await effect.run(ctx, order(), run);
    expect(done).toEqual({ status: 202, pickLists: ['a', 'b'] });
    await effect.compensate(ctx, order(), run, done);
    expect(told.map(({ kind, key }) => [kind, key])).toEqual([
      ['fulfill', 'key-1'],
      ['recall', 'key-1:recall'],
    ]);
    expect(told[0]).toMatchObject({ kind: 'fulfill', key: 'key-1', shippingAddress: { city: 'London' } });
  });

  it('calls back what it was told of, also when that is cancelled here already', async () => {
    const { told, effect } = make(pickList('a', 'cancelled'), pickList('b'));
    await effect.compensate(ctx, order(), run, { pickLists: ['a'] });
    expect(told).toMatchObject([{ kind: 'recall', key: 'key-1:recall', pickLists: [{ id: 'a' }] }]);
  });

  it('is not needed without a warehouse', async () => {
    const effect = new NotifyWarehouseEffect(null, source(pickList('a')));
    await expect(effect.run(ctx, order(), run)).rejects.toThrow('No warehouse is connected.');
    await expect(effect.run(ctx, order(), run)).rejects.toBeInstanceOf(EffectNotNeededError);
  });
});

describe('mails to the customer', () => {
  const sent: Array<{ template: string; part?: string }> = [];
  beforeEach(() => sent.splice(0));
  const mails = {
    send: (
      _ctx: RequestContext,
      _order: Order,
      _run: EffectRun,
      mail: { template: string; part?: string },
    ) => {
      sent.push(mail);
      return Promise.resolve({});
    },
  } as unknown as CustomerMailService;

  it('a confirmation is followed by a cancellation of its own', async () => {
    const effect = new SendConfirmationEmailEffect(mails);
    await effect.run(ctx, order({ state: 'PaymentAuthorized' }), run);
    await effect.compensate(ctx, order({ state: 'Cancelled' }), run);
    expect(sent).toMatchObject([
      { template: 'order-confirmed' },
      { template: 'order-cancelled', part: 'cancelled' },
    ]);
  });

  it('a cancelled order is not confirmed', async () => {
    const confirming = new SendConfirmationEmailEffect(mails).run(ctx, order({ state: 'Cancelled' }), run);
    await expect(confirming).rejects.toBeInstanceOf(EffectNotNeededError);
  });

  it('a shipping notification waits for something to be on its way, and for its number', async () => {
    const effect = new SendShippingNotificationEffect(mails);
    expect(effect.after).toContain('update_tracking_info');
    await expect(effect.run(ctx, order(), run)).rejects.toBeInstanceOf(EffectNotNeededError);
    await effect.run(ctx, order({ fulfillments: [{ state: 'Shipped' }] }), run);
    expect(sent).toMatchObject([{ template: 'order-shipped' }]);
  });

  it.each(['Cancelled', 'Returned', 'Refunded'])('nobody is asked about an order that is %s', async state => {
    const effect = new RequestFeedbackEffect(mails, options);
    expect(effect.delayMs()).toBe(7 * 24 * 3600 * 1000);
    await expect(effect.run(ctx, order({ state }), run)).rejects.toBeInstanceOf(EffectNotNeededError);
    await effect.run(ctx, order({ state: 'Delivered' }), run);
    expect(sent).toMatchObject([{ template: 'order-feedback' }]);
  });

  it('no mail is sent again when its outcome is unknown', () => {
    for (const effect of [
      new SendConfirmationEmailEffect(mails),
      new SendShippingNotificationEffect(mails),
      new RequestFeedbackEffect(mails, options),
    ]) {
      expect(effect.repeatable).toBe(false);
    }
  });
});
