import { I18nError, InsufficientStockError, LogLevel, UserInputError, type Order } from '@vendure/core';
import type { UnavailableLine } from './types';

/** Core's InsufficientStockError, naming each line that cannot be had. */
export class LinesUnavailableError extends InsufficientStockError {
  readonly lines: UnavailableLine[];
  /** For the translated message. */
  readonly names: string;

  constructor(input: { order: Order; lines: UnavailableLine[] }) {
    super({ order: input.order, quantityAvailable: input.lines[0]?.left ?? 0 });
    this.lines = input.lines;
    this.names = input.lines.map(({ name }) => name).join(', ');
    // The translation's key; the API's interceptor puts the text in its place.
    (this as { message: string }).message = 'LINES_UNAVAILABLE_ERROR';
  }
}

/** An allocation that would sell what is not there, through a door that did not ask before: it is undone. */
export class StockNotAvailableError extends I18nError {
  constructor(variables: { orderLineId: string; asked: number; left: number }) {
    super('error.stock-not-available', variables, 'INSUFFICIENT_STOCK', LogLevel.Warn);
  }
}

/** Stock moves only in a transaction: a lock without one is let go at once. */
export class TransactionNeededError extends I18nError {
  constructor(operation: string) {
    super('error.transaction-needed', { operation }, 'INTERNAL_SERVER_ERROR', LogLevel.Error);
  }
}

/** A variant or a location that the channel does not have. */
export class UnknownStockError extends UserInputError {
  constructor() {
    super('error.unknown-stock');
  }
}

/** A place in a list that no list has given. */
export class InvalidCursorError extends UserInputError {
  constructor() {
    super('error.invalid-cursor');
  }
}

/** More at once than one request may ask for. */
export class TooManyError extends UserInputError {
  constructor(max: number) {
    super('error.too-many', { max });
  }
}

/** A page that is longer than lists may be, or begins before the first entry. */
export class PageOutOfRangeError extends UserInputError {
  constructor(max: number) {
    super('error.page-out-of-range', { max });
  }
}
