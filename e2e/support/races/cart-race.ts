import { GraphqlClient } from '../graphql-client';
import { seededRandom, shuffled } from '../random';

export type CartChange =
  | { kind: 'add'; variantId: string; quantity: number }
  | { kind: 'adjust'; lineId: string; quantity: number }
  | { kind: 'remove'; lineId: string };

export interface CartRaceResult {
  accepted: CartChange[];
  /** The server said no, in words: the line of an adjustment is gone, for instance. */
  refused: string[];
  /** What no shopper may see: GraphQL errors, or no answer. */
  failures: string[];
}

const RESULT = `{ __typename ... on ErrorResult { message } }`;

const DOCUMENTS = {
  add: `mutation($variantId: ID!, $quantity: Int!) { result: addItemToOrder(productVariantId: $variantId, quantity: $quantity) ${RESULT} }`,
  adjust: `mutation($lineId: ID!, $quantity: Int!) { result: adjustOrderLine(orderLineId: $lineId, quantity: $quantity) ${RESULT} }`,
  remove: `mutation($lineId: ID!) { result: removeOrderLine(orderLineId: $lineId) ${RESULT} }`,
};

/**
 * Sends all changes at once for one session, as parallel tabs do, in an order that the seed decides, spread over
 * the servers.
 */
export async function raceCart(
  baseUrls: string[],
  token: string,
  changes: readonly CartChange[],
  seed: number,
): Promise<CartRaceResult> {
  const result: CartRaceResult = { accepted: [], refused: [], failures: [] };
  await Promise.all(
    shuffled(changes, seededRandom(seed)).map(async (change, i) => {
      const api = new GraphqlClient(`${baseUrls[i % baseUrls.length]}/shop-api`, { timeoutMs: 600_000 });
      api.token = token;
      const { kind, ...variables } = change;
      try {
        const answer = await api.send<{ result: { __typename: string; message?: string } }>(
          DOCUMENTS[kind],
          variables,
        );
        if (
          answer.errors.every(({ extensions }) => extensions?.code === 'USER_INPUT_ERROR') &&
          answer.errors[0]
        ) {
          result.refused.push(answer.errors[0].message);
        } else if (answer.data === null || answer.errors.length > 0) {
          result.failures.push(answer.errors.map(({ message }) => message).join('; '));
        } else if (answer.data.result.__typename === 'Order') {
          result.accepted.push(change);
        } else {
          result.refused.push(answer.data.result.message ?? '');
        }
      } catch (error) {
        result.failures.push((error as Error).message);
      }
    }),
  );
  return result;
}
