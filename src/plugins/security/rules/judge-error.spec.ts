import { judgeError } from './judge-error';

/** As TypeORM raises what pg raised. */
function queryFailed(sqlState: string, message: string) {
  const driverError = Object.assign(new Error(message), { code: sqlState, severity: 'ERROR' });
  return { message, originalError: Object.assign(new Error(message), { driverError }) };
}

describe('judgeError', () => {
  it.each([
    ['22003', 'value "99999999999" is out of range for type integer', 'USER_INPUT_ERROR'],
    ['22P02', 'invalid input syntax for type integer: "1.5"', 'USER_INPUT_ERROR'],
    ['22021', 'invalid byte sequence for encoding "UTF8": 0x00', 'USER_INPUT_ERROR'],
    ['2201B', 'invalid regular expression: parentheses () not balanced', 'USER_INPUT_ERROR'],
    ['2201X', 'OFFSET must not be negative', 'USER_INPUT_ERROR'],
    ['2201W', 'LIMIT must not be negative', 'USER_INPUT_ERROR'],
    ['23505', 'duplicate key value violates unique constraint "UQ_1"', 'CONFLICT'],
    ['40P01', 'deadlock detected', 'TRY_AGAIN'],
    ['40001', 'could not serialize access', 'TRY_AGAIN'],
    ['55P03', 'canceling statement due to lock timeout', 'TRY_AGAIN'],
    ['57014', 'canceling statement due to statement timeout', 'TIMEOUT'],
    ['57P01', 'terminating connection due to administrator command', 'SERVICE_UNAVAILABLE'],
    ['53300', 'sorry, too many clients already', 'SERVICE_UNAVAILABLE'],
    ['42703', 'column "secret" does not exist', 'INTERNAL_SERVER_ERROR'],
    ['22012', 'division by zero', 'INTERNAL_SERVER_ERROR'],
  ])('turns %s (%s) into %s and keeps its text', (sqlState, text, code) => {
    const result = judgeError(queryFailed(sqlState, text));
    expect(result).toMatchObject({ pass: false, code });
    expect(JSON.stringify(result)).not.toContain(text);
  });

  it('finds the cause of an error that was wrapped', () => {
    const { originalError } = queryFailed('40P01', 'deadlock detected');
    const wrapped = new Error('could not add the item', { cause: originalError });
    expect(judgeError({ message: wrapped.message, originalError: wrapped })).toMatchObject({
      code: 'TRY_AGAIN',
    });
  });

  it.each([
    Object.assign(new Error('connect ECONNREFUSED 10.0.0.3:5432'), { code: 'ECONNREFUSED' }),
    new Error('timeout exceeded when trying to connect'),
    new Error('Connection terminated unexpectedly'),
  ])('says that the shop cannot be reached for "%s"', originalError => {
    const result = judgeError({ message: originalError.message, originalError });
    expect(result).toMatchObject({ pass: false, code: 'SERVICE_UNAVAILABLE' });
  });

  it('keeps errors that were written for clients', () => {
    const extensions = { code: 'ENTITY_NOT_FOUND' };
    expect(judgeError({ message: 'No Product with the id "7"', extensions })).toEqual({ pass: true });
    expect(judgeError({ message: 'Syntax Error', extensions: { code: 'GRAPHQL_PARSE_FAILED' } })).toEqual({
      pass: true,
    });
  });

  it('gives the message about a variable of the wrong type, and the code that Apollo gives', () => {
    const message = 'Variable "$n" got invalid value "x"; Int cannot represent non-integer value: "x"';
    expect(judgeError({ message, nodes: [{ kind: 'VariableDefinition' }] })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message,
    });
    expect(judgeError({ message, nodes: [{ kind: 'Field' }] })).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
    });
  });

  it("keeps the platform's translated messages whatever their code", () => {
    const extensions = { code: 'INTERNAL_SERVER_ERROR' };
    const originalError = { message: 'error.no-active-tax-zone' };
    const message = 'The active tax zone could not be determined';
    expect(judgeError({ message, extensions, originalError })).toEqual({ pass: true });
    expect(
      judgeError({ message: 'error.unknown-key', originalError: { message: 'error.unknown-key' } }),
    ).toEqual(expect.objectContaining({ pass: false }));
  });

  it('hides internal errors, also with a code, and errors of no kind', () => {
    const path = 'ENOENT: no such file, open /srv/shop/secret';
    for (const error of [
      { message: path },
      { message: path, originalError: new Error(path) },
      { message: path, extensions: { code: 'INTERNAL_SERVER_ERROR' }, originalError: new Error(path) },
      { message: path, originalError: 'text' },
      { message: path, originalError: null },
    ]) {
      const result = judgeError(error);
      expect(result).toMatchObject({ pass: false, code: 'INTERNAL_SERVER_ERROR', severity: 'error' });
      expect(JSON.stringify(result)).not.toContain('/srv');
    }
  });

  it("does not take a plugin's five letters for a database's code", () => {
    const originalError = Object.assign(new Error('x'), { code: '40P01' });
    expect(judgeError({ message: 'x', originalError })).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  });

  it("gives the message of Nest's refusals, and not of its failures", () => {
    const exception = (status: number) => ({ status, message: 'Slow down', getStatus: () => status });
    expect(judgeError({ message: 'Slow down', originalError: exception(429) })).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: 'Slow down',
    });
    expect(judgeError({ message: 'Slow down', originalError: exception(503) })).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
    });
  });

  it('gives the message of an upload that was cut off', () => {
    const message = 'File truncated as it exceeds the 20971520 byte size limit.';
    const originalError = Object.assign(new Error(message), { status: 413, expose: true });
    expect(judgeError({ message, originalError })).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', message });
    const hidden = Object.assign(new Error(message), { status: 500, expose: false });
    expect(judgeError({ message, originalError: hidden })).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  });

  it('names the reason when the parser ran out of stack', () => {
    const extensions = { code: 'GRAPHQL_PARSE_FAILED' };
    expect(judgeError({ message: 'Maximum call stack size exceeded', extensions })).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
    });
  });

  it('survives causes in a circle', () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    expect(judgeError({ message: 'x', originalError: circle })).toMatchObject({ pass: false });
  });
});
