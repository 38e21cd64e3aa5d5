import { LanguageCode, type Order } from '@vendure/core';
import { noteOrderLanguage, orderLanguage } from './order-language';

const order = (customFields: Record<string, unknown> = {}, active = true) =>
  ({ customFields, active }) as unknown as Order;

describe('the language of an order', () => {
  it('is the one in which it was placed, else the channel’s, else English', () => {
    expect(orderLanguage(order({ languageCode: 'de' }), { defaultLanguageCode: 'en' })).toBe('de');
    expect(orderLanguage(order(), { defaultLanguageCode: 'de' })).toBe('de');
    expect(orderLanguage(order({ languageCode: 'ja' }), { defaultLanguageCode: 'fr' })).toBe('en');
  });

  it('is noted from the shopper’s requests, the last before it is placed', () => {
    const placed = order({ gift: true });
    noteOrderLanguage({ apiType: 'shop', languageCode: LanguageCode.en }, placed);
    noteOrderLanguage({ apiType: 'shop', languageCode: LanguageCode.de }, placed);
    expect(placed.customFields).toEqual({ gift: true, languageCode: 'de' });
  });

  it('is not changed by staff, or once the order is placed', () => {
    const placed = order({ languageCode: 'de' });
    noteOrderLanguage({ apiType: 'admin', languageCode: LanguageCode.en }, placed);
    expect(placed.customFields).toEqual({ languageCode: 'de' });
    const shipped = order({ languageCode: 'de' }, false);
    noteOrderLanguage({ apiType: 'shop', languageCode: LanguageCode.en }, shipped);
    expect(shipped.customFields).toEqual({ languageCode: 'de' });
  });
});
