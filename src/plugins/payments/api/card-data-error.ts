import { ErrorResult } from '@vendure/core';
import type { CardDataKind } from '../rules/card-number';

/** The messages are keys of `translations`; the API's interceptor puts the text in their place. */

/** Something that is, or looks like, card data: refused before anything of it is kept. */
export class CardDataRefusedError extends ErrorResult {
  override readonly __typename = 'CardDataRefusedError';
  override readonly errorCode = 'CARD_DATA_REFUSED_ERROR';
  override readonly message = 'CARD_DATA_REFUSED_ERROR';
  /** Where it was, without any digit. */
  readonly field: string;
  readonly reason: CardDataKind;

  constructor({ field, reason }: { field: string; reason: CardDataKind }) {
    super();
    this.field = field;
    this.reason = reason;
  }
}
