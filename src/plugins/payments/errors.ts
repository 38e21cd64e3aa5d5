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
