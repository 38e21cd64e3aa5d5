import { UserInputError } from '@vendure/core';

/** Every error of this plugin: `code` is stable, the message says what to do. */
export class DomainEventError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

export class NoTransactionError extends DomainEventError {
  constructor(eventType: string) {
    super(
      'NO_TRANSACTION',
      `${eventType} was published without a transaction, so it could be lost or tell of a change that was never made. ` +
        'Publish it inside connection.withTransaction(ctx, ...), or pass { ownTransaction: true } where nothing is written with it.',
    );
  }
}

export class UnknownEventTypeError extends DomainEventError {
  constructor(eventType: string) {
    super(
      'UNKNOWN_EVENT_TYPE',
      `No plugin has declared the event type "${eventType}". Declare it with defineEvent and register it in onModuleInit.`,
    );
  }
}

export class InvalidEventError extends DomainEventError {
  constructor(
    readonly eventType: string,
    readonly problems: readonly string[],
  ) {
    super('INVALID_EVENT', `${eventType} cannot be published: ${problems.join('; ')}.`);
  }
}

export class InvalidDefinitionError extends DomainEventError {
  constructor(what: string, problem: string) {
    super('INVALID_DEFINITION', `${what}: ${problem}.`);
  }
}

export class RegistryClosedError extends DomainEventError {
  constructor(what: string) {
    super('REGISTRY_CLOSED', `${what} was registered after the start. Register it in onModuleInit.`);
  }
}

export class HandlerTimeoutError extends DomainEventError {
  constructor(handler: string, timeoutMs: number) {
    super('HANDLER_TIMEOUT', `The handler ${handler} took longer than its limit of ${timeoutMs} ms.`);
  }
}

/** The delivery was taken over by another worker meanwhile: whatever was done for it is rolled back. */
export class DeliveryLostError extends DomainEventError {
  constructor() {
    super('DELIVERY_LOST', 'Another worker has taken the delivery over.');
  }
}

/** Wrong input of staff, as the Admin API shows it. */
export class DomainEventInputError extends UserInputError {
  constructor(code: string, message: string) {
    super(message);
    this.extensions.code = code;
    this.code = code;
  }
}
