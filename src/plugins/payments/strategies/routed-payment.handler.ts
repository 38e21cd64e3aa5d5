import { LanguageCode, PaymentMethodHandler } from '@vendure/core';

/** Never renamed: payment methods of shops refer to it. */
export const ROUTED_HANDLER_CODE = 'payment-gateway';

/** The gate calls the provider itself, whichever the routing names: core must never come here. */
function unreachable(): never {
  throw new Error(`The handler ${ROUTED_HANDLER_CODE} only works behind the gate of the payments plugin.`);
}

/**
 * The payment method whose provider is chosen by the routing rules. It takes from the storefront's `metadata` what
 * `routedPaymentInput` names.
 */
export const routedPaymentHandler = new PaymentMethodHandler({
  code: ROUTED_HANDLER_CODE,
  description: [
    { languageCode: LanguageCode.en, value: 'Payment provider by routing rules' },
    { languageCode: LanguageCode.de, value: 'Zahlungsanbieter nach Regeln' },
  ],
  args: {
    captureMethod: {
      type: 'string',
      required: true,
      defaultValue: 'automatic',
      label: [
        { languageCode: LanguageCode.en, value: 'When the money is taken' },
        { languageCode: LanguageCode.de, value: 'Wann das Geld eingezogen wird' },
      ],
      ui: {
        component: 'select-form-input',
        options: [
          {
            value: 'automatic',
            label: [
              { languageCode: LanguageCode.en, value: 'At once' },
              { languageCode: LanguageCode.de, value: 'Sofort' },
            ],
          },
          {
            value: 'manual',
            label: [
              { languageCode: LanguageCode.en, value: 'Later, by staff (reserved for 7 days)' },
              { languageCode: LanguageCode.de, value: 'Später, durch das Personal (7 Tage reserviert)' },
            ],
          },
        ],
      },
    },
  },
  createPayment: unreachable,
  settlePayment: unreachable,
  cancelPayment: unreachable,
  createRefund: unreachable,
});
