import type { Catalogue } from '../catalogue/catalogue';
import { CATEGORIES } from '../catalogue/taxonomy';
import type { Taste } from '../people/customers';
import type { Random } from '../random';
import { season } from './calendar';

export interface BasketLine {
  variant: number;
  quantity: number;
}

/** More lines than this are rare in a shop. */
const MOST_LINES = 8;
/** How often a product takes along its first and second companion. */
const COMPANION_CHANCES = [0.38, 0.16];
/** How often another, unrelated product follows. */
const ANOTHER_CHANCE = 0.35;
/** How often something that is used up is ordered again by a customer who had it. */
const AGAIN_CHANCE = 0.3;
const CHEAP = 2_000;

/** Fills a basket: what the customer came for, what goes with it, and perhaps more. */
export function fillBasket(
  random: Random,
  catalogue: Catalogue,
  taste: Taste,
  time: number,
  boughtBefore: number | undefined,
): BasketLine[] {
  const lines = new Map<number, number>();
  const put = (variant: number) => {
    if (lines.size < MOST_LINES)
      lines.set(variant, (lines.get(variant) ?? 0) + quantityOf(random, catalogue, variant));
  };
  const again = boughtBefore !== undefined && random.chance(AGAIN_CHANCE);
  if (again) put(boughtBefore);
  const anchors = (again ? 0 : 1) + random.runLength(ANOTHER_CHANCE, 3);
  for (let i = 0; i < anchors; i++) {
    const product = pickProduct(random, catalogue, taste, time);
    if (product === undefined) continue;
    put(pickVariant(random, catalogue, product));
    catalogue.companions(product).forEach((companion, rank) => {
      if (random.chance(COMPANION_CHANCES[rank] ?? 0) && (catalogue.createdAt[companion] as number) <= time) {
        put(pickVariant(random, catalogue, companion));
      }
    });
  }
  return [...lines].map(([variant, quantity]) => ({ variant, quantity }));
}

function pickProduct(random: Random, catalogue: Catalogue, taste: Taste, time: number): number | undefined {
  const weights = CATEGORIES.map(
    category =>
      category.demand *
      season(category.department, time) *
      (taste.departments[category.department] as number),
  );
  const category = random.weighted(weights);
  const loyal = random.chance(taste.loyalty);
  const known = taste.brands.filter(brand => catalogue.sells(category, brand));
  return catalogue.pick(random, category, time, loyal && known.length > 0 ? random.pick(known) : undefined);
}

/** The first variants of a product sell best. */
function pickVariant(random: Random, catalogue: Catalogue, product: number): number {
  const first = catalogue.firstVariant[product] as number;
  const count = (catalogue.firstVariant[product + 1] as number) - first;
  return first + random.weighted(Array.from({ length: count }, (_, rank) => 1 / (rank + 1)));
}

function quantityOf(random: Random, catalogue: Catalogue, variant: number): number {
  const product = catalogue.productOfVariant[variant] as number;
  const { consumable } = CATEGORIES[catalogue.category[product] as number] as (typeof CATEGORIES)[number];
  const cheap = (catalogue.price[variant] as number) < CHEAP;
  return 1 + random.runLength(consumable === true || cheap ? 0.3 : 0.04, 4);
}
