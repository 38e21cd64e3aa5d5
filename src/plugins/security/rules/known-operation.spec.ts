import { buildSchema, parse, validate } from 'graphql';
import { knownOperationRule } from './known-operation';

const schema = buildSchema('type Query { shop: String }');
const messages = (query: string) => validate(schema, parse(query), [knownOperationRule]).map(e => e.message);

describe('knownOperationRule', () => {
  it('lets through what the API has', () => {
    expect(messages('{ shop }')).toEqual([]);
  });

  it('refuses what it has not', () => {
    expect(messages('subscription { shop }')).toEqual(['This API has no subscriptions.']);
    expect(messages('query A { shop } mutation B { shop }')).toEqual(['This API has no mutations.']);
  });
});
