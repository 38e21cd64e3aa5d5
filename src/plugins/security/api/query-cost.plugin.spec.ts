import { type OperationDefinitionNode, buildSchema, parse } from 'graphql';
import { QUERY_TOO_COMPLEX } from '../rules/query-complexity';
import { QueryCostPlugin } from './query-cost.plugin';

const schema = buildSchema('type Query { shop: Shop } type Shop { name: String parent: Shop }');

interface Refusal {
  message: string;
  extensions: Record<string, unknown>;
}

/** What the plugin makes of a refusal of a query. */
async function errorOf(query: string, validated: boolean, code = QUERY_TOO_COMPLEX): Promise<Refusal> {
  const document = parse(query);
  const singleResult = { errors: [{ message: 'Too complex', extensions: { code } }] };
  const context = {
    schema,
    document,
    operation: validated ? (document.definitions[0] as OperationDefinitionNode) : undefined,
    operationName: null,
    request: {},
    response: { body: { kind: 'single', singleResult } },
  };
  const { willSendResponse } = await new QueryCostPlugin().requestDidStart();
  await willSendResponse(context as unknown as Parameters<typeof willSendResponse>[0]);
  return singleResult.errors[0] as Refusal;
}

describe('QueryCostPlugin', () => {
  it('says what a refused query costs', async () => {
    const { message, extensions } = await errorOf('{ shop { name } }', true);
    expect(extensions).toMatchObject({ code: QUERY_TOO_COMPLEX, limit: 12_000 });
    expect(extensions.cost).toBeGreaterThan(0);
    expect(message).toContain(`it costs ${String(extensions.cost)}`);
  });

  it('does not compute the cost of fragments that validation refused', async () => {
    const fragments = Array.from(
      { length: 60 },
      (_, i) =>
        `fragment F${i} on Shop { ${i < 59 ? `a: parent { ...F${i + 1} } b: parent { ...F${i + 1} }` : 'name'} }`,
    );
    const error = await errorOf(`{ shop { ...F0 } } ${fragments.join(' ')}`, false);
    expect(error).toEqual({ message: 'Too complex', extensions: { code: QUERY_TOO_COMPLEX } });
  });

  it('leaves other errors alone', async () => {
    const error = await errorOf('{ shop { name } }', true, 'FORBIDDEN');
    expect(error).toEqual({ message: 'Too complex', extensions: { code: 'FORBIDDEN' } });
  });
});
