/** The mail server will never take this mail: the address does not exist, or the mail is not wanted. */
export class MailRefusedError extends Error {
  readonly code = 'MAIL_REFUSED';

  constructor(
    reason: string,
    /** The server's answer, such as 550; null when it was refused before the server was asked. */
    readonly smtpStatus: number | null,
  ) {
    super(reason);
    this.name = 'MailRefusedError';
  }
}

/** The whole mail was handed over, but the server's answer never came: it may have been sent. */
export class MailOutcomeUnknownError extends Error {
  readonly code = 'MAIL_OUTCOME_UNKNOWN';

  constructor(cause: unknown) {
    super('The mail was handed over, but the mail server did not say that it took it.', { cause });
    this.name = 'MailOutcomeUnknownError';
  }
}
