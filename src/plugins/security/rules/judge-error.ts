/**
 * What a client is told about an error. An error that carries a code was written for clients and passes. All
 * others were not: their messages hold SQL, paths and names of the inside, so that the client gets a code, a
 * sentence and a reference, and the message goes to the log under that reference.
 */
export type Verdict =
  { pass: true } | { pass: false; code: string; message: string; severity: 'warn' | 'error' };

/** The parts of a GraphQL error that matter here. */
export interface RaisedError {
  message: string;
  extensions?: Record<string, unknown> | undefined;
  originalError?: unknown;
  /** The parts of the query that it is about. */
  nodes?: readonly { kind: string }[] | undefined;
}

interface Answer {
  code: string;
  message: string;
  severity: 'warn' | 'error';
}

const INPUT: Answer = {
  code: 'USER_INPUT_ERROR',
  message: 'A value in the request cannot be used. Check its numbers, dates and texts.',
  severity: 'warn',
};
const CONFLICT: Answer = {
  code: 'CONFLICT',
  message: 'This conflicts with something that exists already or was changed just now. Reload and try again.',
  severity: 'warn',
};
const TRY_AGAIN: Answer = {
  code: 'TRY_AGAIN',
  message: 'Too many requests changed the same thing at once. Nothing was changed: try again.',
  severity: 'warn',
};
const TIMEOUT: Answer = {
  code: 'TIMEOUT',
  message: 'This took too long and was stopped. Ask for less, or try again later.',
  severity: 'error',
};
const UNAVAILABLE: Answer = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'The shop cannot be reached just now. Try again in a moment.',
  severity: 'error',
};
const INTERNAL: Answer = {
  code: 'INTERNAL_SERVER_ERROR',
  message: 'Something went wrong on our side.',
  severity: 'error',
};

/** The codes of errors that are not the client's fault. */
export const SERVER_ERRORS: ReadonlySet<string> = new Set(
  [INTERNAL, UNAVAILABLE, TIMEOUT, TRY_AGAIN].map(({ code }) => code),
);

/**
 * PostgreSQL's error codes (SQLSTATE, appendix A of its manual), the first that fits. Of class 22 only those
 * that a client's values cause: a division by zero is a fault of ours.
 */
const SQLSTATES: ReadonlyArray<[RegExp, Answer]> = [
  [/^(22001|22003|22007|22008|22021|22P02|22P05|2201[BWX])$/, INPUT],
  [/^(23503|23505|23P01)$/, CONFLICT],
  [/^(40001|40P01|55P03)$/, TRY_AGAIN],
  [/^57014$/, TIMEOUT],
  [/^(08|53|57P)/, UNAVAILABLE],
];

/** The codes of a connection that failed, as Node names them. */
const CONNECTION_ERRORS = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

const HTTP_CODES: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** A key of the platform's catalogue of messages: these were written for people. */
const MESSAGE_KEY = /^(error|message)\.[a-z0-9-]+$/;

export function judgeError(error: RaisedError): Verdict {
  if (error.message === 'Maximum call stack size exceeded') {
    return answer({ ...INPUT, message: 'The query is nested too deeply.', code: 'QUERY_TOO_COMPLEX' });
  }
  const code = error.extensions?.code;
  if (typeof code === 'string' && code !== INTERNAL.code) return { pass: true };
  if (isTranslated(error)) return { pass: true };
  // A variable of the wrong type. Apollo gives it this code, but where queries are scored, it is thrown
  // from there, without.
  if (error.nodes?.length === 1 && error.nodes[0]?.kind === 'VariableDefinition') {
    return answer({ code: 'BAD_USER_INPUT', message: error.message, severity: 'warn' });
  }
  for (const cause of causes(error.originalError)) {
    const known = fromCause(cause);
    if (known !== undefined) return answer(known);
  }
  return answer(INTERNAL);
}

function fromCause(cause: Record<string, unknown>): Answer | undefined {
  const { code, message } = cause;
  if (typeof code === 'string') {
    if (CONNECTION_ERRORS.has(code)) return UNAVAILABLE;
    // Only the driver's errors have both: five characters alone could be anybody's code.
    if (/^[0-9A-Z]{5}$/.test(code) && typeof cause.severity === 'string') {
      return SQLSTATES.find(([pattern]) => pattern.test(code))?.[1] ?? INTERNAL;
    }
  }
  // pg gives these no code.
  if (
    typeof message === 'string' &&
    /^(timeout exceeded when trying to connect|Connection terminated)/.test(message)
  ) {
    return UNAVAILABLE;
  }
  if (typeof cause.getStatus === 'function' || cause.expose === true) return fromHttp(cause);
  return undefined;
}

/**
 * Nest's own exceptions (a guard's refusal) and those of the `http-errors` library that are marked for exposing
 * (an upload's file that is too large) are for clients when their status is below 500.
 */
function fromHttp(exception: Record<string, unknown>): Answer | undefined {
  const status = Number(exception.status);
  if (status < 400 || status >= 500) return undefined;
  return { code: HTTP_CODES[status] ?? 'BAD_REQUEST', message: String(exception.message), severity: 'warn' };
}

/** Errors of the platform with the code of an internal error whose message is from its catalogue all the same. */
function isTranslated(error: RaisedError): boolean {
  const original = error.originalError as { message?: unknown } | null | undefined;
  const key = original?.message;
  return typeof key === 'string' && MESSAGE_KEY.test(key) && error.message !== key;
}

/** The error itself, and what it was made from: TypeORM keeps the driver's error, others a `cause`. */
function* causes(error: unknown): Generator<Record<string, unknown>> {
  let current = error;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth++) {
    const cause = current as Record<string, unknown>;
    yield cause;
    current = cause.driverError ?? cause.cause ?? cause.originalError;
  }
}

function answer(known: Answer): Verdict {
  return { pass: false, ...known };
}
