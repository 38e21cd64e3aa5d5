import type { Order, RequestContext } from '@vendure/core';
import { chooseLanguage, type MailLanguage } from '../../mail';

/** The custom field of an order that keeps the language in which it was placed. */
export const ORDER_LANGUAGE_FIELD = 'languageCode';

interface OrderLanguageFields {
  [ORDER_LANGUAGE_FIELD]?: string | null;
}

/** The language of the mails about an order: the one in which it was placed, else its channel's. */
export function orderLanguage(
  order: Pick<Order, 'customFields'>,
  channel: { defaultLanguageCode: string },
): MailLanguage {
  const fields = order.customFields as OrderLanguageFields | undefined;
  return chooseLanguage(fields?.[ORDER_LANGUAGE_FIELD], channel.defaultLanguageCode);
}

/**
 * Notes the language on the order. The shopper's own request decides, at the latest one before the order is placed: what
 * staff or a payment provider's message does to an order says nothing of the shopper's language.
 */
export function noteOrderLanguage(
  ctx: Pick<RequestContext, 'apiType' | 'languageCode'>,
  order: Pick<Order, 'customFields' | 'active'>,
): void {
  if (ctx.apiType !== 'shop' || !order.active) return;
  order.customFields = { ...order.customFields, [ORDER_LANGUAGE_FIELD]: ctx.languageCode };
}
