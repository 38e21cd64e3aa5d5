/** A problem that keeps the staff pages from being compiled. The message says what to mend. */
export class AdminUiBuildError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AdminUiBuildError';
  }
}
