/**
 * What a Shop API query may cost, and how a query over that cost is refused.
 *
 * HardenPlugin ships with an estimator of its own. It is not used here, for four reasons seen on
 * Vendure 3.7.3:
 *
 * - It multiplies by the logarithm of what is selected. A list of which only `__typename` is
 *   selected therefore scores minus infinity, and one such list beside an abusive one brings the
 *   score of the whole query to 0. A negative `take` does the same.
 * - It reads an absent `take` as 1,000 rows, where Vendure returns at most `shopListQueryLimit`
 *   (100). The navigation query of the Next.js starter then scores 2,723 against a limit of 1,000.
 * - It does not see the `take` of `search`, which Vendure does not limit.
 * - It gives a `login` a score of 1, so that one request can try 999 passwords.
 *
 * The estimator here counts, roughly, the values the server has to resolve: one for a field, one
 * row for every row asked for. `QueryCostPlugin` applies it to the Shop API alone; the Admin API is
 * never scored. The validation rule further down is for both.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import type { HardenPluginOptions } from '@vendure/harden-plugin';
import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
} from 'graphql';
import type {
  ASTVisitor,
  GraphQLFormattedError,
  GraphQLNamedType,
  OperationDefinitionNode,
  SelectionSetNode,
  ValidationContext,
} from 'graphql';

type ComplexityEstimator = NonNullable<HardenPluginOptions['queryComplexityEstimators']>[number];

/**
 * The highest permitted score; a query is refused
 * when it reaches this figure. The costliest operation of the official starters, the order history
 * of the Remix starter at its largest page of 30, scores 7,932: 1.5 times that is 11,898.
 */
export const MAX_QUERY_COMPLEXITY = 12_000;

/**
 * Rows in the largest page of a Shop API list, and in a page whose size is not given. It is
 * Vendure's default for `apiOptions.shopListQueryLimit`, and must follow it if that is changed.
 */
export const SHOP_LIST_LIMIT = 100;

/**
 * Rows in a page of search results whose size is not given: 25 with the DefaultSearchPlugin, 10
 * with the ElasticsearchPlugin. Facet values and collections, which `search` returns next to its
 * rows and whose number does not follow `take`, are counted once for each such page.
 */
export const SEARCH_PAGE_ROWS = 25;

/**
 * Rows in a list which has no pages, such as `Product.variants` or `Order.lines`. Their number is
 * not known beforehand; 5 is also what HardenPlugin assumes.
 */
export const PLAIN_LIST_ROWS = 5;

/**
 * The cost of a top-level query field, whatever it selects: a permission check and at least one
 * SQL query. It limits a request to 47 of them. No operation of a starter has more than 2.
 */
export const QUERY_FIELD_COST = 250;

/**
 * The cost of a top-level mutation field. It limits a request to 5 of them, and so the passwords
 * one request can try, which a rate limit on requests does not see. Every mutation of the starters
 * has one such field; the costliest scores 2,334 with it.
 */
export const MUTATION_FIELD_COST = 2_000;

/** The `extensions.code` of the error a refused query gets. */
export const QUERY_TOO_COMPLEX = 'QUERY_TOO_COMPLEX';

/** How every refusal begins. */
export const TOO_COMPLEX = 'Query is too complex';

/** The interface every paginated type of Vendure implements. */
const PAGINATED_LIST = 'PaginatedList';

function isPaginatedList(type: GraphQLNamedType): boolean {
  if (isInterfaceType(type)) {
    return type.name === PAGINATED_LIST;
  }
  return isObjectType(type) && type.getInterfaces().some(parent => parent.name === PAGINATED_LIST);
}

/** The `take` of `options` (lists) or `input` (search); undefined when none is given. */
function readTake(argument: unknown): number | undefined {
  if (typeof argument !== 'object' || argument === null) {
    return undefined;
  }
  const take = (argument as { take?: unknown }).take;
  return typeof take === 'number' ? take : undefined;
}

function fieldCost(parentTypeName: string): number {
  switch (parentTypeName) {
    case 'Query':
      return QUERY_FIELD_COST;
    case 'Mutation':
      return MUTATION_FIELD_COST;
    default:
      return 0;
  }
}

/**
 * Refuses a page size Vendure does not hold to. Given a `take` of 0 or less, a list comes back with
 * every row there is, and the `take` of a search has no upper limit. A `take` of 0 is let through
 * for a search only, where it means the default page: the Next.js starter sends it.
 */
function assertPageSize(path: string, take: number, smallest: 0 | 1): void {
  if (take >= smallest && take <= SHOP_LIST_LIMIT) {
    return;
  }
  throw new GraphQLError(
    `Cannot take ${take} results from ${path}: ask for ${smallest} to ${SHOP_LIST_LIMIT}`,
    { extensions: { code: 'USER_INPUT_ERROR', http: { status: 400 } } },
  );
}

/**
 * Scores one field, given the score of what is selected below it. The score is never below 1, so
 * that nothing in a query can lower the score of the rest.
 */
export const estimateFieldComplexity: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const fieldType = getNamedType(field.type);
  const path = `${type.name}.${field.name}`;
  const own = fieldCost(type.name) + 1;
  // A selection of nothing but `__typename` scores 0, yet its rows are loaded all the same.
  const selected = Math.max(childComplexity, 1);

  if (!isCompositeType(fieldType)) {
    return own;
  }
  if (isPaginatedList(fieldType)) {
    const take = readTake(args.options);
    if (take !== undefined) {
      assertPageSize(path, take, 1);
    }
    return own + (take ?? SHOP_LIST_LIMIT) * selected;
  }
  if (fieldType.name === 'SearchResponse') {
    const take = readTake(args.input) ?? 0;
    assertPageSize(path, take, 0);
    return own + Math.ceil(Math.max(1, take / SEARCH_PAGE_ROWS) * selected);
  }
  if (!isListType(getNullableType(field.type))) {
    return own + childComplexity;
  }
  // One row is one for itself and what it selects. The rows of a paginated list are multiplied
  // where its page size is given, one level up.
  const row = 1 + childComplexity;
  if (field.name === 'items' && isPaginatedList(type)) {
    return row;
  }
  if (path === 'SearchResponse.items') {
    return SEARCH_PAGE_ROWS * row;
  }
  return own - 1 + PLAIN_LIST_ROWS * row;
};

/** For `getComplexity`. */
export const queryComplexityEstimators: ComplexityEstimator[] = [estimateFieldComplexity];

/** How large the written form of one operation may be, with its fragments put in place. */
export interface OperationSizeLimits {
  /** Fields, fragment spreads and inline fragments. */
  maxSelections: number;
  /** Top-level fields of a mutation. */
  maxMutationFields: number;
}

/**
 * Limits for `apiOptions.shopApiValidationRules`. The largest operation of the starters, adding to
 * the cart in the Angular one, has 112 selections. The score above limits mutations already.
 */
export const SHOP_OPERATION_SIZE: OperationSizeLimits = { maxSelections: 1_000, maxMutationFields: 5 };

/**
 * Limits for `apiOptions.adminApiValidationRules`. The largest operation of the Admin UI 3.7.3,
 * `GetServerConfig`, has 225 selections, before those it adds for custom fields; none of its
 * mutations has more than one top-level field. The limit on mutations is there for `login`.
 */
export const ADMIN_OPERATION_SIZE: OperationSizeLimits = { maxSelections: 5_000, maxMutationFields: 10 };

/** The size of an operation as `OperationSizeLimits` counts it. */
export interface OperationSize {
  selections: number;
  topLevelFields: number;
}

/**
 * Measures an operation in time proportional to the length of its document: each fragment is
 * measured once, however often it is spread.
 */
export function measureOperation(
  operation: OperationDefinitionNode,
  getFragment: (name: string) => { selectionSet: SelectionSetNode } | null | undefined,
): OperationSize {
  const measured = new Map<string, OperationSize>();

  const measureFragment = (name: string): OperationSize => {
    const known = measured.get(name);
    if (known) {
      return known;
    }
    // A fragment that spreads itself is counted as empty here; GraphQL's own rules refuse it.
    measured.set(name, { selections: 0, topLevelFields: 0 });
    const fragment = getFragment(name);
    const size = fragment ? measure(fragment.selectionSet) : { selections: 0, topLevelFields: 0 };
    measured.set(name, size);
    return size;
  };

  const measure = (selectionSet: SelectionSetNode | undefined): OperationSize => {
    const size: OperationSize = { selections: 0, topLevelFields: 0 };
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        size.selections += 1 + measure(selection.selectionSet).selections;
        size.topLevelFields += 1;
        continue;
      }
      const spread =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? measureFragment(selection.name.value)
          : measure(selection.selectionSet);
      size.selections += 1 + spread.selections;
      size.topLevelFields += spread.topLevelFields;
    }
    return size;
  };

  return measure(operation.selectionSet);
}

/**
 * A GraphQL validation rule which refuses an operation over the given limits.
 *
 * It has to come before the score: the scoring library walks a fragment anew at every spread, so
 * that forty fragments in 1.5 kB, each spreading the next one twice, would keep it busy for days.
 */
export function operationSizeRule(limits: OperationSizeLimits): (context: ValidationContext) => ASTVisitor {
  return context => ({
    OperationDefinition(operation) {
      const size = measureOperation(operation, name => context.getFragment(name));
      if (size.selections > limits.maxSelections) {
        context.reportError(
          new GraphQLError(`${TOO_COMPLEX}: it has more than ${limits.maxSelections} selections`),
        );
      }
      if (
        operation.operation === OperationTypeNode.MUTATION &&
        size.topLevelFields > limits.maxMutationFields
      ) {
        context.reportError(
          new GraphQLError(`${TOO_COMPLEX}: it has more than ${limits.maxMutationFields} mutations`),
        );
      }
    },
  });
}

/** The hint graphql-js adds to the message about an unknown field, argument, type or value. */
const SUGGESTION = /\s*Did you mean [^]*\?$/;

/**
 * The error as the client is to see it, or the error itself when nothing about it changes.
 *
 * - Apollo gives the errors of the rule above the code of any invalid query. They get their own.
 * - `hideFieldSuggestions` of HardenPlugin has no effect on Apollo Server 4: it writes to a
 *   property of the response which that version does not send. The suggestion is taken off here.
 */
export function toClientError(error: GraphQLFormattedError): GraphQLFormattedError {
  if (isTooComplex(error)) return error;
  if (error.message.startsWith(TOO_COMPLEX)) {
    return { message: error.message, extensions: { code: QUERY_TOO_COMPLEX } };
  }
  if (SUGGESTION.test(error.message)) {
    const { message, locations, path, extensions } = error;
    return { message: message.replace(SUGGESTION, ''), locations, path, extensions };
  }
  return error;
}

/**
 * For `apiOptions.apolloServerPlugins`: answers a refused query with status 400, not 500, so that
 * abuse does not raise alarms about a failing server nor make a client or a proxy try again.
 */
export const clientErrorPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response }) => {
        if (response.body.kind === 'single' && response.body.singleResult.errors) {
          const { singleResult } = response.body;
          singleResult.errors = response.body.singleResult.errors.map(toClientError);
          if (singleResult.errors.some(isTooComplex)) {
            response.http.status = 400;
          }
        }
        return Promise.resolve();
      },
    }),
};

function isTooComplex(error: GraphQLFormattedError): boolean {
  return error.extensions?.code === QUERY_TOO_COMPLEX;
}
