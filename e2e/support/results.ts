/** What a mutation answers that did not do what was asked. */
export interface ErrorResult {
  __typename: string;
  errorCode: string;
  message: string;
}

export type OrError<T> = T | ErrorResult;

export function isErrorResult(result: unknown): result is ErrorResult {
  return typeof result === 'object' && result !== null && 'errorCode' in result;
}

/** The thing itself; throws with the server's reason if there is none. */
export function succeeded<T>(result: OrError<T>): T {
  if (isErrorResult(result)) throw new Error(`${result.errorCode}: ${result.message}`);
  return result;
}
