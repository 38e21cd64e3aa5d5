import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, print, separateOperations } from 'graphql';
import { ShopClient } from './support/shop-client';

const FOLDER = join(__dirname, 'support/storefront-operations');
const ABUSIVE = 'abusive.graphql';

/** Refused for the size of a page, all others for what they cost. */
const TOO_LARGE_PAGES = ['AbusivePage', 'AbusiveUnlimitedPage', 'AbusiveNegativePage', 'AbusiveSearchPage'];

const variables = JSON.parse(readFileSync(join(FOLDER, 'variables.json'), 'utf8')) as Record<
  string,
  Record<string, unknown> | undefined
>;

/** The operations of some files, each by its name with the fragments that it uses. */
function operations(files: string[]): [name: string, document: string][] {
  return files.flatMap(file =>
    Object.entries(separateOperations(parse(readFileSync(join(FOLDER, file), 'utf8')))).map(
      ([name, document]): [string, string] => [name, print(document)],
    ),
  );
}

const storefronts = readdirSync(FOLDER).filter(file => file.endsWith('.graphql') && file !== ABUSIVE);

// The shared shop has the limits of production.
describe('under the limits of production', () => {
  it.each(operations(storefronts))('the official storefronts may send %s', async (name, document) => {
    const answer = await new ShopClient().api.send(document, variables[name]);
    expect([answer.status, answer.errors.filter(({ extensions }) => isFault(extensions?.code))]).toEqual([
      200,
      [],
    ]);
  });

  it.each(operations([ABUSIVE]))('nobody may send %s', async (name, document) => {
    const answer = await new ShopClient().api.send(document, variables[name]);
    const code = TOO_LARGE_PAGES.includes(name) ? 'USER_INPUT_ERROR' : 'QUERY_TOO_COMPLEX';
    expect([answer.status, answer.errors[0]?.extensions?.code]).toEqual([400, code]);
    expect(answer.data).toBeNull();
    expect(answer.errors[0]?.message).toMatch(/\w+ \w+/);
  });
});

/** The variables fit no data of this shop, and what does not exist may be said so; anything else is a fault. */
function isFault(code: string | undefined): boolean {
  return !['FORBIDDEN', 'ENTITY_NOT_FOUND', 'USER_INPUT_ERROR'].includes(code ?? '');
}
