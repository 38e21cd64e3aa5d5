export const MAIL_PLUGIN_OPTIONS = Symbol('MAIL_PLUGIN_OPTIONS');

/** The name under which a template finds what the sender needs, see `MailGenerator`. */
export const ENVELOPE = 'mailEnvelope';

/** How long the mail server may take for each step (ms). */
export const SMTP_TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
