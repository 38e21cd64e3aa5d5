import { UserInputError } from '@vendure/core';
import type { RangeProblem } from './rules/report-range';

/** A message to the webhook address that is no message of its provider. Answered with 400. */
export class WebhookUnreadableError extends Error {
  constructor(reason: string) {
    super(`The message cannot be read: ${reason}.`);
    this.name = 'WebhookUnreadableError';
  }
}

/** A setting of the plugin that cannot work. Stops the start. */
export class PaymentsConfigurationError extends Error {
  constructor(message: string) {
    super(`PaymentsPlugin: ${message}`);
    this.name = 'PaymentsConfigurationError';
  }
}

/** The rules that choose providers are those of all channels: no single channel's staff see or change them. */
export class RoutingChannelError extends UserInputError {
  constructor() {
    super('error.payment-routing-default-channel');
  }
}

/** A page of a list that is too long, or begins before the first entry. */
export class PageOutOfRangeError extends UserInputError {
  constructor(max: number) {
    super('error.payment-routing-page', { max });
  }
}

/** The days of a report are no days, backwards or too many. */
export class ReportRangeError extends UserInputError {
  constructor(problem: RangeProblem, max: number) {
    super(`error.payment-report-${problem.replaceAll('_', '-')}`, { max });
  }
}

/** A provider has taken money for an order that is not there: nobody but staff can tell whose it is. */
export class MoneyWithoutOrderError extends Error {
  constructor(transactionId: string) {
    super(`No order can be found for the payment ${transactionId}: give it back at the provider.`);
    this.name = 'MoneyWithoutOrderError';
  }
}

/** Another payment of the order is under way, and its end is not known yet. */
export class OrderBusyError extends Error {
  constructor(orderCode: string) {
    super(`Another payment of order ${orderCode} is under way.`);
    this.name = 'OrderBusyError';
  }
}
