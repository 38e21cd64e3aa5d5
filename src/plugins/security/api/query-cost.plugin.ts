import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import { separateOperations } from 'graphql';
import { getComplexity } from 'graphql-query-complexity';
import {
  MAX_QUERY_COMPLEXITY,
  QUERY_TOO_COMPLEX,
  queryComplexityEstimators,
} from '../rules/query-complexity';

type Context = GraphQLRequestContextWillSendResponse<object>;

/**
 * Adds to the refusal of a query what it costs and what it may cost (`extensions.cost` and `.limit`), without
 * which its author can only guess how much to leave out. HardenPlugin, which refuses, keeps the figure for the
 * log; here it is computed again.
 *
 * Never for a query that validation refused: its fragments could keep the computation busy for days. Apollo sets
 * `operation` only after validation.
 */
export class QueryCostPlugin implements ApolloServerPlugin<object> {
  requestDidStart() {
    return Promise.resolve({
      willSendResponse: (context: Context) => {
        const { operation, response } = context;
        const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
        if (response.body.kind === 'single' && operation !== undefined && errors?.some(isCostRefusal)) {
          const cost = costOf(context);
          response.body.singleResult.errors = errors.map(error =>
            isCostRefusal(error) && cost !== undefined ? withCost(error, cost) : error,
          );
        }
        return Promise.resolve();
      },
    });
  }
}

function isCostRefusal(error: GraphQLFormattedError): boolean {
  return error.extensions?.code === QUERY_TOO_COMPLEX;
}

function withCost(error: GraphQLFormattedError, cost: number): GraphQLFormattedError {
  return {
    message: `${error.message} (it costs ${cost}, and ${MAX_QUERY_COMPLEXITY} is too much)`,
    extensions: { ...error.extensions, cost, limit: MAX_QUERY_COMPLEXITY },
  };
}

function costOf({ document, schema, request, operationName }: Context): number | undefined {
  if (document === undefined) return undefined;
  try {
    return getComplexity({
      schema,
      query: operationOf(document, operationName),
      variables: request.variables ?? {},
      estimators: queryComplexityEstimators,
    });
  } catch {
    // The refusal stands without the figure.
    return undefined;
  }
}

function operationOf(document: DocumentNode, name: string | null | undefined): DocumentNode {
  return (name != null && separateOperations(document)[name]) || document;
}
