import { z } from 'zod';
import { METHOD_TYPES } from '../types';

/**
 * What a storefront may send with a payment that is routed. Anything else is refused rather than ignored: a misspelt
 * field must not charge another card.
 */
const schema = z
  .object({
    /** The provider's token of the card; without one the shopper's browser confirms the payment. */
    token: z.string().min(1).max(255).optional(),
    /** A saved method of the signed-in customer, by our id. */
    savedPaymentMethodId: z.string().min(1).max(64).optional(),
    methodType: z.enum(METHOD_TYPES).default('card'),
    /** Lower case, such as `visa`, where the storefront knows it: routing rules may ask for it. */
    cardBrand: z
      .string()
      .regex(/^[a-z0-9_ -]{1,30}$/)
      .optional(),
    /** Where the shopper comes back to from the provider's page. */
    returnUrl: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
  })
  .strict()
  .refine(input => input.token === undefined || input.savedPaymentMethodId === undefined, {
    message: 'give a token or a savedPaymentMethodId, not both',
    path: ['token'],
  });

export type RoutedPaymentInput = z.output<typeof schema>;

/** @returns the input, or which field is wrong and what it may be (never its value) */
export function readRoutedPaymentInput(
  metadata: unknown,
): { input: RoutedPaymentInput } | { problem: string } {
  const result = schema.safeParse(metadata ?? {});
  if (result.success) return { input: result.data };
  const [issue] = result.error.issues;
  const path = issue?.path.join('.') ?? '';
  return { problem: `${path === '' ? 'metadata' : `metadata.${path}`}: ${issue?.message ?? 'not valid'}` };
}
