/** A problem that the person at the terminal can mend: printed as one line that says how, without a stack. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UserError';
  }
}

/** The line to print for anything that went wrong. */
export function explain(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return 'The disk is full. Free some space and start again; nothing is lost.';
  if (code === 'EACCES' || code === 'EPERM') {
    return `No permission: ${error.message}. Run as the user who owns this folder, or set DATA_DIR to a folder of yours.`;
  }
  return error.message;
}
