import { UserError } from '../../scripts/start/user-error';
import { buyable, searchWords, type ListedProduct } from './catalogue';
import { GraphQlClient, readOperation } from './graphql';
import { perOperation, type Meter, type Metered, type Usage } from './meter';
import { median } from './stats';

/** The steps in the order of the journey; a second add to the same cart is measured besides. */
export const SINGLE_STEPS = ['home', 'search', 'product', 'add', 'addAgain', 'view'] as const;
export type SingleStep = (typeof SINGLE_STEPS)[number];

export interface SingleResult {
  /** Per request. */
  usage: Usage;
  /** Median time to the answer, ms. */
  latency: number;
}

/** Unmeasured journeys before: code is compiled, caches and connections are filled. */
const WARM_UP = 30;

interface Shopper {
  product: ListedProduct;
  term: string;
  variants: string[];
  client: GraphQlClient;
}

/**
 * One request at a time, many of one step after the other, so that what a step costs can be told apart. Each shopper
 * takes another product and has a cart of its own.
 */
export async function runSinglePhase(
  baseUrl: string,
  products: readonly ListedProduct[],
  settings: { requests: number; seed: number },
  meter: Meter,
  metered: Metered,
): Promise<Record<SingleStep, SingleResult>> {
  for (const shopper of shoppers(baseUrl, products, WARM_UP, settings.seed + 1)) {
    for (const step of SINGLE_STEPS) await STEPS[step](shopper);
  }
  const measured = shoppers(baseUrl, products, settings.requests, settings.seed);
  const results = {} as Record<SingleStep, SingleResult>;
  for (const step of SINGLE_STEPS) {
    const { result: latencies, usage } = await meter.around(metered, async () => {
      const times: number[] = [];
      for (const shopper of measured) {
        const begin = performance.now();
        await STEPS[step](shopper);
        times.push(performance.now() - begin);
      }
      return times;
    });
    results[step] = { usage: perOperation(usage, settings.requests), latency: median(latencies) };
  }
  return results;
}

/** Shoppers with products from a walk over the whole list that begins where the seed says. */
function shoppers(
  baseUrl: string,
  products: readonly ListedProduct[],
  count: number,
  seed: number,
): Shopper[] {
  return Array.from({ length: count }, (_, i) => {
    const product = products[walk(products.length, seed, i)] as ListedProduct;
    const words = searchWords(product.name);
    return {
      product,
      term: words[i % words.length] as string,
      variants: [],
      client: new GraphQlClient(`${baseUrl}/shop-api`),
    };
  });
}

/** The i-th index of a walk over 0 to size - 1 that visits each once before it visits one again. */
export function walk(size: number, seed: number, i: number): number {
  let stride = Math.max(1, Math.floor(size * 0.618));
  while (gcd(stride, size) !== 1) stride += 1;
  return (seed + i * stride) % size;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

const STEPS: Record<SingleStep, (shopper: Shopper) => Promise<void>> = {
  async home({ client }) {
    const { collections } = await client.send<{ collections: { items: unknown[] } }>(readOperation('home'));
    expect(collections.items.length > 0, 'home lists no collection');
  },
  async search({ client, term }) {
    const input = { term, groupByProduct: true, take: 24, skip: 0 };
    const { search } = await client.send<{ search: { items: unknown[] } }>(readOperation('search'), {
      input,
    });
    expect(search.items.length > 0, `a search for "${term}" finds nothing`);
  },
  async product(shopper) {
    const { product } = await shopper.client.send<{
      product: { variants: { id: string; stockLevel: string }[] } | null;
    }>(readOperation('product'), { slug: shopper.product.slug });
    shopper.variants = (product?.variants ?? []).filter(buyable).map(variant => variant.id);
    expect(shopper.variants.length > 0, `${shopper.product.slug} cannot be bought`);
  },
  add: shopper => addToCart(shopper, 1),
  addAgain: shopper => addToCart(shopper, 2),
  async view({ client }) {
    const { activeOrder } = await client.send<{ activeOrder: { lines: unknown[] } | null }>(
      readOperation('view'),
    );
    expect(activeOrder !== null && activeOrder.lines.length > 0, 'the cart is empty');
  },
};

async function addToCart({ client, variants }: Shopper, expected: number): Promise<void> {
  // The same variant again, or a second one, whichever the product has.
  const variant = variants[(expected - 1) % variants.length];
  const { addItemToOrder: order } = await client.send<{
    addItemToOrder: { totalQuantity?: number; message?: string };
  }>(readOperation('add'), { variant, quantity: 1 });
  expect(order.totalQuantity === expected, `an add to the cart was refused: ${order.message ?? ''}`);
}

/** Without load nothing may fail: figures of failed requests would be worth nothing. */
function expect(condition: boolean, problem: string): void {
  if (!condition) throw new UserError(`The single-user phase stops: ${problem}.`);
}
