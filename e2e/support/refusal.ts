import { GraphqlRequestError, type GraphqlAnswer } from './graphql-client';
import { isErrorResult } from './results';
import type { ShopClient } from './shop-client';
import { countRows } from './sql';

/**
 * The code by which a request is refused: that of the error result, or of the GraphQL error. Says so when there is
 * no refusal or no code, in a way that no expectation matches.
 */
export async function refusalOf(work: () => Promise<unknown>): Promise<string> {
  let result: unknown;
  try {
    result = await work();
  } catch (error) {
    if (!(error instanceof GraphqlRequestError)) throw error;
    return error.errors[0]?.extensions?.code ?? `no code, but: ${error.message}`;
  }
  if (isErrorResult(result)) return result.errorCode;
  const [error] = (result as GraphqlAnswer<unknown>).errors ?? [];
  return error?.extensions?.code ?? `no refusal, but: ${JSON.stringify(result)}`;
}

/** What of the database and of the session's order a refused request must leave as it was. */
export async function traces(shop: ShopClient): Promise<unknown> {
  return { rows: await countRows(), activeOrder: await shop.activeOrder() };
}
