import { LanguageCode, type CustomFieldConfig, type OrderProcess } from '@vendure/core';
import { ORDER_LANGUAGE_FIELD, noteOrderLanguage } from './order-language';

/** Keeps the shopper's language with the order. Core saves the order after the transition, and the field with it. */
export const orderLanguageProcess: OrderProcess<never> = {
  onTransitionStart(_fromState, _toState, { ctx, order }) {
    noteOrderLanguage(ctx, order);
  },
};

export const orderLanguageField: CustomFieldConfig = {
  name: ORDER_LANGUAGE_FIELD,
  type: 'string',
  nullable: true,
  length: 20,
  public: false,
  readonly: true,
  label: [{ languageCode: LanguageCode.en, value: 'Language' }],
  description: [
    {
      languageCode: LanguageCode.en,
      value: 'The language in which the order was placed; its e-mails follow it.',
    },
  ],
};
