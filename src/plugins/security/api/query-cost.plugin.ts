import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
} from '@apollo/server';
import { Logger } from '@vendure/core';
import { type DocumentNode, GraphQLError, type GraphQLSchema, separateOperations } from 'graphql';
import { getComplexity } from 'graphql-query-complexity';
import { loggerCtx } from '../constants';
import {
  MAX_QUERY_COMPLEXITY,
  QUERY_TOO_COMPLEX,
  TOO_COMPLEX,
  queryComplexityEstimators,
} from '../rules/query-complexity';

type Context = GraphQLRequestContextDidResolveOperation<object>;

/**
 * Refuses a query of the Shop API that costs too much, and says what it costs and what it may cost
 * (`extensions.cost` and `.limit`), without which its author can only guess how much to leave out.
 *
 * It is the client's mistake: a warning in the log, not an error.
 *
 * Never before validation has passed: fragments that it refuses could keep the computation busy for days.
 */
export class QueryCostPlugin implements ApolloServerPlugin<object> {
  requestDidStart({ schema }: Pick<GraphQLRequestContext<object>, 'schema'>) {
    // What staff may ask for they have signed in for.
    if (isAdminApi(schema)) return Promise.resolve({});
    return Promise.resolve({ didResolveOperation });
  }
}

function didResolveOperation(context: Context): Promise<void> {
  const cost = costOf(context);
  if (cost < MAX_QUERY_COMPLEXITY) return Promise.resolve();
  const name = context.operationName ?? 'without a name';
  Logger.warn(`Refused the query ${name}: it costs ${cost} of ${MAX_QUERY_COMPLEXITY}.`, loggerCtx);
  throw new GraphQLError(
    `${TOO_COMPLEX}: ask for fewer fields, shorter lists or smaller pages (it costs ${cost}, and ${MAX_QUERY_COMPLEXITY} is too much)`,
    { extensions: { code: QUERY_TOO_COMPLEX, cost, limit: MAX_QUERY_COMPLEXITY } },
  );
}

/** @throws GraphQLError when a variable has the wrong type */
function costOf({ document, schema, request, operationName }: Context): number {
  return getComplexity({
    schema,
    query: operationOf(document, operationName),
    variables: request.variables ?? {},
    estimators: queryComplexityEstimators,
  });
}

function operationOf(document: DocumentNode, name: string | null | undefined): DocumentNode {
  return (name != null && separateOperations(document)[name]) || document;
}

/** The two APIs differ in nothing else that a schema shows. */
function isAdminApi(schema: GraphQLSchema): boolean {
  return schema.getQueryType()?.getFields().administrators !== undefined;
}
