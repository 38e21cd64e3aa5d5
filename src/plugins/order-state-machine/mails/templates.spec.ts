import { join } from 'node:path';
import type { Order } from '@vendure/core';
import { FileBasedTemplateLoader } from '@vendure/email-plugin';
import { projectRoot } from '../../../config/project-root';
import { MAIL_LANGUAGES, MailGenerator, layoutVars, type MailLanguage } from '../../mail';
import { orderMailView } from './order-mail-view';

const loader = new FileBasedTemplateLoader(join(projectRoot(), 'static/email/templates'));
const shop = { shopName: 'Tradewind', storefrontUrl: 'https://shop.example', from: 'shop@shop.example' };

const order = {
  code: 'ORD-1',
  currencyCode: 'EUR',
  createdAt: new Date(),
  customer: { firstName: 'Ada', lastName: '<Byron>' },
  lines: [{ id: 1, quantity: 3, orderPlacedQuantity: 3, linePriceWithTax: 3000 }],
  surcharges: [],
  discounts: [],
  shippingLines: [{ priceWithTax: 500 }],
  fulfillments: [{ state: 'Shipped', trackingCode: 'T-1', lines: [{ orderLineId: 1, quantity: 1 }] }],
  payments: [{ state: 'Authorized', amount: 3500 }],
  shippingAddress: { streetLine1: '1 Way', city: 'London' },
  total: 2917,
  totalWithTax: 3500,
} as unknown as Order;

const view = (language: MailLanguage) =>
  orderMailView(order, {
    parcelId: null,
    language,
    variantName: () => 'Chair & table',
    methodName: () => 'Express',
    image: () => 'https://shop.example/chair.png',
    productUrl: () => 'https://shop.example/products/chair',
    orderUrl: 'https://shop.example/order',
    trackingUrl: number => `https://carrier.example/${number}`,
    moneyPrecision: 2,
  });

/** What must be in the text part of each: what the mail is for. */
const MUST_HAVE: Record<string, string[]> = {
  'order-confirmed': ['Chair & table', 'Express', '1 Way', 'https://shop.example/order'],
  'order-shipped': ['T-1', 'https://carrier.example/T-1', 'Chair & table', '1 Way'],
  'order-delivered': ['Chair & table', 'https://shop.example/order'],
  'order-feedback': ['https://shop.example/products/chair'],
  'order-cancelled': ['Chair & table'],
};

describe.each(Object.keys(MUST_HAVE))('the template %s', template => {
  const generator = new MailGenerator();
  beforeAll(() => generator.onInit({ templateLoader: loader } as never));

  it.each(MAIL_LANGUAGES)('says in %s what the mail is for', async language => {
    const source = await loader.loadTemplate(undefined as never, undefined as never, {
      type: template,
      templateName: 'body.hbs',
      templateVars: {},
    });
    const { body, text } = await generator.generate('{{{ fromAddress }}}', '-', source, {
      ...view(language),
      ...layoutVars(shop, { languageCode: language }),
    });
    for (const part of ['Ada <Byron>', 'Tradewind', ...(MUST_HAVE[template] ?? [])]) {
      expect(text).toContain(part);
    }
    expect(body).toContain(`lang="${language}"`);
    expect(body).toContain('Ada &lt;Byron&gt;');
    expect(body.match(/<img(?![^>]*alt=)/)).toBeNull();
    expect(body).not.toMatch(/undefined|\[object|<mj-/);
  });
});
