import { BuiltInCarrier } from '../adapters/built-in-carrier.adapter';
import type { LabelRequest, PostalAddress } from '../types';
import { packingListPdf } from './packing-list-pdf';

const to: PostalAddress = {
  fullName: 'Αλέξανδρος Παπαδόπουλος',
  streetLine1: 'Улица 1',
  city: 'Łódź',
  postalCode: '90-001',
  countryCode: 'PL',
};
const request: LabelRequest = {
  orderCode: 'ORD-1',
  stockLocationId: '1',
  from: { name: 'Warehouse' },
  to,
  service: null,
  lines: [{ orderLineId: '1', sku: 'A', name: 'Chair', quantity: 2 }],
};
const call = (idempotencyKey: string) => ({ idempotencyKey, signal: new AbortController().signal });
const pages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length;

describe('the built-in carrier', () => {
  const carrier = new BuiltInCarrier({
    name: 'Our van',
    trackingUrl: 'https://shop.example/parcels/{number}',
    now: () => new Date(0),
  });

  it('makes the same label for the same key, another for another', async () => {
    const [one, again, other] = await Promise.all(
      ['a', 'a', 'b'].map(key => carrier.createLabel({} as never, request, call(key))),
    );
    expect(again).toEqual(one);
    expect(other?.trackingNumber).not.toBe(one?.trackingNumber);
    expect(one?.trackingUrl).toBe(`https://shop.example/parcels/${one?.trackingNumber}`);
  });

  it('makes one page, however long an address is', async () => {
    const long = { ...to, fullName: 'Name '.repeat(300), streetLine2: 'x'.repeat(900) };
    const label = await carrier.createLabel({} as never, { ...request, to: long }, call('a'));
    expect(label.document.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pages(label.document.bytes)).toBe(1);
  });

  it('makes none once nobody waits for it', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    const making = carrier.createLabel({} as never, request, { idempotencyKey: 'a', signal });
    await expect(making).rejects.toThrow('too late');
  });
});

describe('a packing list', () => {
  const list = (count: number, name: string) =>
    packingListPdf({
      language: 'en',
      shopName: 'Shop',
      orderCode: 'ORD-1',
      placedAt: new Date(0),
      stockLocationName: 'Main',
      shippingMethod: null,
      address: ['Ada', 'London'],
      lines: Array.from({ length: count }, (_, index) => ({
        orderLineId: String(index),
        sku: `SKU-${index}`,
        name,
        quantity: 1,
      })),
      createdAt: new Date(0),
    });

  it.each([
    [0, 'Chair', 1],
    [10, 'Chair', 1],
    [60, 'Chair', 3],
    [60, 'A chair with a long name, '.repeat(6), 5],
  ])('of %d rows of "%s" has %d pages', async (count, name, expected) => {
    expect(pages(await list(count, name))).toBe(expected);
  });
});
