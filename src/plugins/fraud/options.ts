export interface FraudPluginOptions {
  /** Where the Admin UI is, for links in mails to staff. */
  readonly publicUrl: string;
  /** Signs the webhook of due cases: without it the receiver cannot know who calls. */
  readonly webhookSecret?: string | undefined;
  /** Whether the webhook may be sent without a signature: in development only. */
  readonly unsignedWebhook?: boolean;
}
