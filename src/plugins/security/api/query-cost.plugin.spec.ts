import { Logger } from '@vendure/core';
import { GraphQLError, buildSchema, parse } from 'graphql';
import { MAX_QUERY_COMPLEXITY, QUERY_TOO_COMPLEX } from '../rules/query-complexity';
import { QueryCostPlugin } from './query-cost.plugin';

const TYPES = 'type Shop { name: String parent: Shop all: [Shop!]! }';
const shopSchema = buildSchema(`type Query { shop: Shop } ${TYPES}`);
const adminSchema = buildSchema(`type Query { shop: Shop administrators: [Shop!]! } ${TYPES}`);

const ABUSE = `{ shop { ${'all { '.repeat(12)} name ${'} '.repeat(12)} } }`;

interface Refusal {
  message: string;
  extensions: Record<string, unknown>;
}

/** How the plugin refuses a query; undefined when it does not. */
async function refusalOf(query: string, schema = shopSchema): Promise<Refusal | undefined> {
  const hooks: { didResolveOperation?: (context: never) => Promise<void> } =
    await new QueryCostPlugin().requestDidStart({ schema });
  const context = { schema, document: parse(query), operationName: null, request: {} };
  try {
    await hooks.didResolveOperation?.(context as never);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(GraphQLError);
    return error as Refusal;
  }
}

describe('QueryCostPlugin', () => {
  const warned = jest.spyOn(Logger, 'warn').mockImplementation(() => undefined);
  const failed = jest.spyOn(Logger, 'error').mockImplementation(() => undefined);
  beforeEach(() => {
    warned.mockClear();
    failed.mockClear();
  });

  it('says what a refused query costs', async () => {
    const { message, extensions } = (await refusalOf(ABUSE)) as Refusal;
    expect(extensions).toMatchObject({ code: QUERY_TOO_COMPLEX, limit: MAX_QUERY_COMPLEXITY });
    expect(extensions.cost).toBeGreaterThanOrEqual(MAX_QUERY_COMPLEXITY);
    expect(message).toContain(`it costs ${String(extensions.cost)}`);
  });

  it('warns of it in the log, as of a mistake that is not the server’s', async () => {
    await refusalOf(ABUSE);
    expect(warned).toHaveBeenCalledTimes(1);
    expect(failed).not.toHaveBeenCalled();
  });

  it('lets a modest query through, and says nothing', async () => {
    expect(await refusalOf('{ shop { name parent { name } } }')).toBeUndefined();
    expect(warned).not.toHaveBeenCalled();
  });

  it('lets staff ask for what they want', async () => {
    expect(await refusalOf(ABUSE, adminSchema)).toBeUndefined();
  });
});
