import { GraphqlRequestError, type GraphqlAnswer } from './graphql-client';
import { isErrorResult } from './results';
import type { ShopClient } from './shop-client';
import { countRows, query } from './sql';
import { waitFor } from './wait-for';

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

/**
 * What of the database and of the session's order a refused request must leave as it was. What earlier orders still do
 * by themselves (their preparation begins, their mails go out) is let come to its end first.
 */
export async function traces(shop: ShopClient): Promise<unknown> {
  await waitFor(
    async () => {
      const open = await query(
        `SELECT 1 FROM domain_event_delivery WHERE state IN ('waiting', 'ready', 'queued', 'running')
         UNION ALL SELECT 1 FROM domain_event_intake LIMIT 1`,
      );
      return open.length === 0 ? true : undefined;
    },
    { what: 'earlier events to be handled' },
  );
  return { rows: await countRows(), activeOrder: await shop.activeOrder() };
}
