import { UserError } from '../../scripts/start/user-error';
import { GraphQlClient, readOperation } from './graphql';

export interface ListedProduct {
  slug: string;
  name: string;
}

const PAGE = 100;
/** More would not make the choice any more varied; they are taken from pages spread over the whole catalogue. */
const PAGES = 10;

interface CataloguePage {
  products: {
    totalItems: number;
    items: (ListedProduct & { variants: { stockLevel: string }[] })[];
  };
}

/** Up to 1,000 products that can be bought, from all over the catalogue, in an order that is the same on both sides. */
export async function listProducts(baseUrl: string): Promise<ListedProduct[]> {
  const client = new GraphQlClient(`${baseUrl}/shop-api`);
  const operation = readOperation('catalogue');
  const page = (skip: number) =>
    client.send<CataloguePage>(operation, { options: { take: PAGE, skip, sort: { id: 'ASC' } } });
  const first = await page(0);
  const pages = [first];
  for (const skip of laterPages(first.products.totalItems)) pages.push(await page(skip));
  const products = pages
    .flatMap(({ products: { items } }) => items)
    .filter(product => product.variants.some(buyable))
    .map(({ slug, name }) => ({ slug, name }));
  if (products.length === 0) throw new UserError('No product can be bought: the data was not loaded.');
  return products;
}

/** Where the pages after the first begin: all of them, or ten in all at even distances. */
export function laterPages(total: number): number[] {
  const count = Math.min(PAGES, Math.ceil(total / PAGE));
  const distance = Math.max(PAGE, Math.floor(total / PAGES));
  return Array.from({ length: Math.max(0, count - 1) }, (_, i) => (i + 1) * distance);
}

/** Whether there are surely two units of a variant: the last one is "LOW_STOCK", and shoppers here add two. */
export function buyable(variant: { stockLevel: string }): boolean {
  return variant.stockLevel === 'IN_STOCK';
}

/** Words of a name that a shopper would type, as load/journey.js takes them. */
export function searchWords(name: string): string[] {
  return name.match(/\p{L}{4,}/gu) ?? [name];
}
