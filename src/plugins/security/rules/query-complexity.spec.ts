import { buildSchema, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { getComplexity } from 'graphql-query-complexity';
import {
  clientErrorPlugin,
  MAX_QUERY_COMPLEXITY,
  MUTATION_FIELD_COST,
  operationSizeRule,
  PLAIN_LIST_ROWS,
  QUERY_FIELD_COST,
  queryComplexityEstimators,
  SEARCH_PAGE_ROWS,
  SHOP_LIST_LIMIT,
  SHOP_OPERATION_SIZE,
  toClientError,
} from './query-complexity';

/** The parts of Vendure's Shop API that the estimator tells apart. */
const schema = buildSchema(`
  interface PaginatedList { items: [Node!]! totalItems: Int! }
  interface Node { id: ID! }
  type Product implements Node { id: ID! name: String! tags: [String!]! variants: [Variant!]! cover: Asset }
  type Variant implements Node { id: ID! product: Product! }
  type Asset { preview: String! }
  type ProductList implements PaginatedList { items: [Product!]! totalItems: Int! }
  input ProductListOptions { take: Int skip: Int }
  input SearchInput { take: Int }
  type SearchResult { slug: String! }
  type Facet { id: ID! }
  type SearchResponse { items: [SearchResult!]! totalItems: Int! facets: [Facet!]! }
  type Query {
    products(options: ProductListOptions): ProductList!
    product(id: ID): Product
    search(input: SearchInput!): SearchResponse!
  }
  type Mutation { login(password: String!): Boolean! }
`);

function score(query: string, variables: Record<string, unknown> = {}): number {
  return getComplexity({ schema, query: parse(query), variables, estimators: queryComplexityEstimators });
}

/** The score of what a query selects at the top, without what every top-level field costs. */
function scoreBelow(query: string): number {
  return score(query) - QUERY_FIELD_COST;
}

describe('estimateFieldComplexity', () => {
  it('counts a field as one, and an object as one more than its fields', () => {
    expect(scoreBelow('{ product { id name cover { preview } } }')).toBe(5);
  });

  it('counts a list of plain values as one field', () => {
    expect(scoreBelow('{ product { tags } }')).toBe(2);
  });

  it('counts the rows of a list without pages', () => {
    expect(scoreBelow('{ product { variants { id } } }')).toBe(1 + PLAIN_LIST_ROWS * 2);
  });

  it('multiplies a list by its page size', () => {
    expect(scoreBelow('{ products(options: { take: 10 }) { items { id name } totalItems } }')).toBe(
      1 + 10 * 4,
    );
  });

  it('reads a page size from a variable', () => {
    const query = 'query ($options: ProductListOptions) { products(options: $options) { items { id } } }';
    expect(score(query, { options: { take: 3 } })).toBe(QUERY_FIELD_COST + 1 + 3 * 2);
  });

  it.each(['{ products { items { id } } }', '{ products(options: { skip: 5 }) { items { id } } }'])(
    'counts a full page when no page size is given: %s',
    query => {
      expect(scoreBelow(query)).toBe(1 + SHOP_LIST_LIMIT * 2);
    },
  );

  it.each(['{ products { __typename } }', '{ products { totalItems @skip(if: true) } }'])(
    'counts the rows of a list of which nothing is selected: %s',
    query => {
      expect(scoreBelow(query)).toBe(1 + SHOP_LIST_LIMIT);
    },
  );

  it('counts the rows below which only type names are selected', () => {
    expect(scoreBelow('{ products { items { variants { __typename } } } }')).toBe(
      1 + SHOP_LIST_LIMIT * (1 + PLAIN_LIST_ROWS),
    );
  });

  it.each([0, -1, -1_000_000, SHOP_LIST_LIMIT + 1])('refuses a list with a page size of %d', take => {
    expect(() => score(`{ products(options: { take: ${take} }) { items { id } } }`)).toThrow(
      `Cannot take ${take} results from Query.products: ask for 1 to ${SHOP_LIST_LIMIT}`,
    );
  });

  it.each([-1, SHOP_LIST_LIMIT + 1])('refuses a search with a page size of %d', take => {
    expect(() => score(`{ search(input: { take: ${take} }) { items { slug } } }`)).toThrow(
      `Cannot take ${take} results from Query.search: ask for 0 to ${SHOP_LIST_LIMIT}`,
    );
  });

  it('blames the client for a page size', () => {
    let error: unknown;
    try {
      score('{ products(options: { take: 0 }) { items { id } } }');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(GraphQLError);
    expect((error as GraphQLError).extensions).toEqual({ code: 'USER_INPUT_ERROR', http: { status: 400 } });
  });

  it.each(['{}', '{ take: 0 }', '{ take: 12 }', `{ take: ${SEARCH_PAGE_ROWS} }`])(
    'counts one page of a search for the input %s',
    input => {
      expect(scoreBelow(`{ search(input: ${input}) { items { slug } totalItems } }`)).toBe(
        1 + SEARCH_PAGE_ROWS * 2 + 1,
      );
    },
  );

  it('counts a larger page of a search in proportion', () => {
    expect(scoreBelow(`{ search(input: { take: ${2 * SEARCH_PAGE_ROWS} }) { items { slug } } }`)).toBe(
      1 + 2 * SEARCH_PAGE_ROWS * 2,
    );
  });

  it('adds up what stands beside each other', () => {
    const evil = 'products { items { variants { product { variants { product { variants { id } } } } } } }';
    expect(score(`{ ${evil} }`)).toBeGreaterThan(MAX_QUERY_COMPLEXITY);
    expect(score(`{ a: products { __typename } ${evil} }`)).toBeGreaterThan(score(`{ ${evil} }`));
  });

  it('lets a request have 47 cheap queries and 5 cheap mutations at most', () => {
    const repeated = (times: number, field: string): string =>
      Array.from({ length: times }, (_, index) => `f${index}: ${field}`).join(' ');
    expect(score(`{ ${repeated(47, 'product { id }')} }`)).toBeLessThan(MAX_QUERY_COMPLEXITY);
    expect(score(`{ ${repeated(48, 'product { id }')} }`)).toBeGreaterThanOrEqual(MAX_QUERY_COMPLEXITY);
    expect(score('mutation { login(password: "a") }')).toBe(MUTATION_FIELD_COST + 1);
    expect(score(`mutation { ${repeated(5, 'login(password: "a")')} }`)).toBeLessThan(MAX_QUERY_COMPLEXITY);
    expect(score(`mutation { ${repeated(6, 'login(password: "a")')} }`)).toBeGreaterThan(
      MAX_QUERY_COMPLEXITY,
    );
  });
});

describe('operationSizeRule', () => {
  const messages = (query: string): string[] =>
    validate(schema, parse(query), [...specifiedRules, operationSizeRule(SHOP_OPERATION_SIZE)]).map(
      error => error.message,
    );

  /** Fragments of which each spreads the next one twice. */
  const doubled = (times: number): string =>
    'query { ...F0 } ' +
    Array.from({ length: times }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(
      ' ',
    ) +
    `fragment F${times} on Query { __typename }`;

  it('lets an ordinary operation pass', () => {
    expect(messages('{ ...P } fragment P on Query { product { id ... on Product { name } } }')).toEqual([]);
  });

  it('counts a fragment at every spread, without walking it anew', () => {
    expect(messages(doubled(6))).toEqual([]);
    expect(messages(doubled(60))).toEqual(['Query is too complex: it has more than 1000 selections']);
  });

  it('counts the fields of one operation at a time', () => {
    const fields = (prefix: string): string =>
      Array.from({ length: 400 }, (_, i) => `${prefix}${i}: product { id }`).join(' ');
    expect(messages(`query A { ${fields('a')} } query B { ${fields('b')} }`)).toEqual([]);
  });

  it('limits the mutations of an operation, also those in fragments', () => {
    const login = (name: string): string => `${name}: login(password: "a")`;
    const three = ['a', 'b', 'c'].map(login).join(' ');
    const more = ['d', 'e', 'f'].map(login).join(' ');
    expect(messages(`mutation { ${three} }`)).toEqual([]);
    expect(messages(`mutation { ${three} ... { ...M } } fragment M on Mutation { ${more} }`)).toEqual([
      'Query is too complex: it has more than 5 mutations',
    ]);
  });

  it('leaves a fragment that spreads itself to the rules of GraphQL', () => {
    expect(messages('{ ...F } fragment F on Query { product { id } ...F }')).toEqual([
      'Cannot spread fragment "F" within itself.',
    ]);
  });
});

describe('toClientError', () => {
  it('leaves a refusal that has its code already', () => {
    const error = {
      message: 'Query is too complex: ...',
      extensions: { code: 'QUERY_TOO_COMPLEX', cost: 5 },
    };
    expect(toClientError(error)).toBe(error);
  });

  it('gives the errors of the rule the same code', () => {
    const message = 'Query is too complex: it has more than 5 mutations';
    expect(toClientError({ message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })).toEqual({
      message,
      extensions: { code: 'QUERY_TOO_COMPLEX' },
    });
  });

  it.each([
    'Cannot query field "itemss" on type "ProductList". Did you mean "items"?',
    'Cannot query field "x" on type "Node". Did you mean to use an inline fragment on "Product" or "Variant"?',
    'Unknown argument "optionss" on field "Query.products". Did you mean "options"?',
  ])('takes the suggestion off: %s', message => {
    const shown = toClientError({ message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    expect(message.startsWith(shown.message)).toBe(true);
    expect(shown.message).toMatch(/"\.$/);
    expect(shown.message).not.toContain('Did you mean');
    expect(shown.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it('leaves any other error as it is', () => {
    const error = { message: 'Cannot take more than 100 results from a list query' };
    expect(toClientError(error)).toBe(error);
  });
});

describe('clientErrorPlugin', () => {
  type Listener = Exclude<Awaited<ReturnType<NonNullable<typeof clientErrorPlugin.requestDidStart>>>, void>;
  type SendHook = NonNullable<Listener['willSendResponse']>;

  async function send(message: string): Promise<{ status: number; messages: string[] }> {
    const singleResult = { errors: [{ message }] };
    const response = { http: { status: 500 }, body: { kind: 'single', singleResult } };
    const listener = (await clientErrorPlugin.requestDidStart?.({} as never)) as Listener;
    await listener.willSendResponse?.({ response } as unknown as Parameters<SendHook>[0]);
    return { status: response.http.status, messages: singleResult.errors.map(error => error.message) };
  }

  it('answers a refused query with status 400', async () => {
    const message = 'Query is too complex: it has more than 5 mutations';
    expect(await send(message)).toEqual({ status: 400, messages: [message] });
  });

  it('leaves the status of any other failure', async () => {
    expect(await send('Disk full')).toEqual({ status: 500, messages: ['Disk full'] });
  });
});
